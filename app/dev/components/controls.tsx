import { Button } from "@/components/button";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { CooldownButton } from "@/components/cooldown-button";
import { LinkButton } from "@/components/link-button";
import { Marked } from "@/components/marked";
import { SubmitButton } from "@/components/submit-button";
import { TextLink } from "@/components/text-link";
import { doNothingAction } from "./actions";
import { PendingForm } from "./pending-form";
import { Shelf, Specimen } from "./specimen";

const HERE = "/dev/components";
const DONE = {};

/** What is pressed. */
export function Controls({ asked }: { asked: boolean }) {
  return (
    <Shelf title="Controls">
      {(["primary", "secondary", "quiet"] as const).map((variant) => (
        <Specimen key={variant} name={`Button ${variant}`}>
          <Button variant={variant}>Do this</Button>
        </Specimen>
      ))}
      <Specimen name="Button wide">
        <Button wide>Do this with a label that is as long as German ones sometimes are</Button>
      </Specimen>
      <Specimen name="SubmitButton, at rest">
        <form action={doNothingAction}>
          <SubmitButton>Save</SubmitButton>
        </form>
      </Specimen>
      <Specimen name="SubmitButton, waiting (with scripts)">
        <PendingForm>
          <SubmitButton>Save</SubmitButton>
        </PendingForm>
      </Specimen>
      <Specimen name="CooldownButton, resting (with scripts)">
        <form action={doNothingAction}>
          <CooldownButton done={DONE} seconds={3600}>
            Send again
          </CooldownButton>
        </form>
      </Specimen>
      <Specimen name="Marked">
        <Marked mark="Last used">
          <Button wide>Continue this way</Button>
        </Marked>
      </Specimen>
      <Specimen name="LinkButton">
        <LinkButton href={HERE}>Go there</LinkButton>
      </Specimen>
      <Specimen name="TextLink">
        <p>
          A sentence with <TextLink href={HERE}>a link</TextLink> in it.
        </p>
      </Specimen>
      <Specimen name="ConfirmDialog" wide>
        <ConfirmDialog
          label="Remove"
          title="Remove this example?"
          confirmLabel="Remove it"
          action={doNothingAction}
          href={`${HERE}?confirm=example`}
          closedHref={HERE}
          asked={asked}
        >
          <p>Nothing is removed: it is an example.</p>
        </ConfirmDialog>
      </Specimen>
    </Shelf>
  );
}
