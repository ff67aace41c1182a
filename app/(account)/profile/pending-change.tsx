import { getTranslations } from "@/app/_request/translations";
import { LocalTime } from "@/components/local-time";
import { SubmitButton } from "@/components/submit-button";
import type { PendingEmailChange } from "@/features/email-change/data";
import { cancelEmailChangeAction, resendEmailChangeAction } from "./actions";

/** An address that waits to be confirmed. It reads the same where somebody else has it. */
export async function PendingChange({ pending }: { pending: PendingEmailChange }) {
  const t = await getTranslations("account");
  return (
    <section aria-label={t("profile.email.pending.label")} className="rounded-control border border-border-strong p-5">
      <p className="break-words">
        {t.rich("profile.email.pending.waits", {
          email: pending.email,
          b: (text) => (
            <strong className="font-medium">
              <bdi>{text}</bdi>
            </strong>
          ),
        })}
      </p>
      <p className="mt-1 text-[0.9375rem] text-muted">
        {t.rich("profile.email.pending.text", { time: () => <LocalTime at={pending.expiresAt.toISOString()} /> })}
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <form action={resendEmailChangeAction}>
          <SubmitButton variant="secondary">{t("profile.email.pending.resend")}</SubmitButton>
        </form>
        <form action={cancelEmailChangeAction}>
          <SubmitButton variant="secondary">{t("profile.email.pending.cancel")}</SubmitButton>
        </form>
      </div>
    </section>
  );
}
