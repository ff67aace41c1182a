"use client";

import { useActionState } from "react";

import { Card } from "@/components/card";
import { useFocusFirstError } from "@/components/focus-first-error";
import { LinkButton } from "@/components/link-button";
import { SubmitButton } from "@/components/submit-button";
import type { QrCode } from "@/features/totp/draw-qr-code";
import type { Words } from "@/lib/i18n/messages";
import { CodeField } from "../../../../(auth)/second-factor/code-field";
import { CodeRefusalMessage } from "../../../../(auth)/second-factor/code-refusal";
import { beginEnrolmentAction, type FactorState, replaceCodesAction, turnOnAction } from "./actions";
import { RecoveryCodes } from "./recovery-codes";
import { SecretToScan } from "./secret-to-scan";

const IDLE: FactorState = { status: "idle" };

interface FactorFormProps {
  words: Words<"security.secondFactor.form">;
  refusalWords: Words<"rules.codeRefusals">;
  on: boolean;
  /** How many recovery codes are left, in a sentence. */
  codesLeft: string;
  /** The secret that waits for its first code; null while none was made. */
  setUp: { secret: string; qrCode: QrCode } | null;
}

/**
 * Turning the second factor on, and new recovery codes. One component for both, in one place of the page: the page is drawn anew with
 * the answer that holds the codes, and they must outlive that.
 */
export function FactorForm({ words, refusalWords, on, codesLeft, setUp }: FactorFormProps) {
  const [turnedOn, turnOn] = useActionState(turnOnAction, IDLE);
  const [replaced, replace] = useActionState(replaceCodesAction, IDLE);
  const container = useFocusFirstError<HTMLFormElement>(turnedOn);
  const shown = replaced.status === "codes" ? replaced : turnedOn;
  if (shown.status === "codes" && on)
    return <RecoveryCodes key={shown.recoveryCodes[0]} words={words.codes} {...shown} />;
  if (on) return <ReplaceCodes words={words.replace} codesLeft={codesLeft} action={replace} />;
  if (!setUp) return <Begin words={words.begin} />;
  return (
    <Card title={words.setUp.title}>
      <form ref={container} action={turnOn} className="flex flex-col gap-6">
        {turnedOn.status === "rejected" && <CodeRefusalMessage words={refusalWords} refusal={turnedOn.refusal} />}
        <SecretToScan words={words.setUp} {...setUp} />
        <CodeField
          label={words.setUp.type}
          hint={words.setUp.codeHint}
          errors={turnedOn.status === "invalid" ? turnedOn.errors : undefined}
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton>{words.setUp.submit}</SubmitButton>
          <LinkButton href="/settings/security" variant="secondary">
            {words.setUp.notNow}
          </LinkButton>
        </div>
      </form>
    </Card>
  );
}

function Begin({ words }: { words: FactorFormProps["words"]["begin"] }) {
  return (
    <Card title={words.title}>
      <p className="mb-5 text-muted">{words.text}</p>
      <form action={beginEnrolmentAction}>
        <SubmitButton>{words.submit}</SubmitButton>
      </form>
    </Card>
  );
}

interface ReplaceCodesProps {
  words: FactorFormProps["words"]["replace"];
  codesLeft: string;
  action: (formData: FormData) => void;
}

function ReplaceCodes({ words, codesLeft, action }: ReplaceCodesProps) {
  return (
    <Card title={words.title}>
      <p className="mb-5 text-muted">{codesLeft}</p>
      <form action={action}>
        <SubmitButton variant="secondary">{words.submit}</SubmitButton>
      </form>
    </Card>
  );
}
