"use client";

import { useActionState } from "react";

import { Card } from "@/components/card";
import { useFocusFirstError } from "@/components/focus-first-error";
import { LinkButton } from "@/components/link-button";
import { SubmitButton } from "@/components/submit-button";
import { FEW_CODES } from "@/features/recovery-code/policy";
import type { QrCode } from "@/features/totp/draw-qr-code";
import { CodeField } from "../../../../(auth)/second-factor/code-field";
import { CodeRefusalMessage } from "../../../../(auth)/second-factor/code-refusal";
import { beginEnrolmentAction, type FactorState, replaceCodesAction, turnOnAction } from "./actions";
import { RecoveryCodes } from "./recovery-codes";
import { SecretToScan } from "./secret-to-scan";

const IDLE: FactorState = { status: "idle" };

interface FactorFormProps {
  on: boolean;
  codesLeft: number;
  /** The secret that waits for its first code; null while none was made. */
  setUp: { secret: string; qrCode: QrCode } | null;
}

/**
 * Turning the second factor on, and new recovery codes. One component for both, in one place of the page: the page is drawn anew with
 * the answer that holds the codes, and they must outlive that.
 */
export function FactorForm(props: FactorFormProps) {
  const [turnedOn, turnOn] = useActionState(turnOnAction, IDLE);
  const [replaced, replace] = useActionState(replaceCodesAction, IDLE);
  const container = useFocusFirstError<HTMLFormElement>(turnedOn);
  const shown = replaced.status === "codes" ? replaced : turnedOn;
  if (shown.status === "codes" && props.on) return <RecoveryCodes key={shown.recoveryCodes[0]} {...shown} />;
  if (props.on) return <ReplaceCodes codesLeft={props.codesLeft} action={replace} />;
  if (!props.setUp) return <Begin />;
  return (
    <Card title="Set up your authenticator app">
      <form ref={container} action={turnOn} className="flex flex-col gap-6">
        {turnedOn.status === "rejected" && <CodeRefusalMessage refusal={turnedOn.refusal} />}
        <SecretToScan {...props.setUp} />
        <CodeField
          label="3. Type the code that it shows"
          hint="Two-step sign-in is on once a code was right. You will be signed out everywhere else, and given ten recovery codes."
          errors={turnedOn.status === "invalid" ? turnedOn.errors : undefined}
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton>Turn on</SubmitButton>
          <LinkButton href="/settings/security" variant="secondary">
            Not now
          </LinkButton>
        </div>
      </form>
    </Card>
  );
}

function Begin() {
  return (
    <Card title="Two-step sign-in is off">
      <p className="mb-5 text-muted">
        You need an authenticator app on your telephone, or a password manager that makes codes. We show you a secret
        for it; nothing changes until you have typed its first code.
      </p>
      <form action={beginEnrolmentAction}>
        <SubmitButton>Set up an authenticator app</SubmitButton>
      </form>
    </Card>
  );
}

function ReplaceCodes({ codesLeft, action }: { codesLeft: number; action: (formData: FormData) => void }) {
  return (
    <Card title="Recovery codes">
      <p className="mb-5 text-muted">
        {codesLeft === 1 ? "1 code is left." : `${codesLeft} codes are left.`} Each signs you in once when your app is
        out of reach.{codesLeft < FEW_CODES && " Make new ones before you need them."} New codes take the place of all
        earlier ones.
      </p>
      <form action={action}>
        <SubmitButton variant="secondary">Make new recovery codes</SubmitButton>
      </form>
    </Card>
  );
}
