import { LocalTime } from "@/components/local-time";
import { SubmitButton } from "@/components/submit-button";
import type { PendingEmailChange } from "@/features/email-change/data";
import { cancelEmailChangeAction, resendEmailChangeAction } from "./actions";

/** An address that waits to be confirmed. It reads the same where somebody else has it. */
export function PendingChange({ pending }: { pending: PendingEmailChange }) {
  return (
    <section aria-label="Waiting to be confirmed" className="rounded-control border border-border-strong p-5">
      <p className="break-words">
        <strong className="font-medium">{pending.email}</strong> waits to be confirmed.
      </p>
      <p className="mt-1 text-[0.9375rem] text-muted">
        Its link works until <LocalTime at={pending.expiresAt.toISOString()} />. Until you follow it, nothing changes.
        Asking for another address below takes its place.
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <form action={resendEmailChangeAction}>
          <SubmitButton variant="secondary">Send the link again</SubmitButton>
        </form>
        <form action={cancelEmailChangeAction}>
          <SubmitButton variant="secondary">Cancel the change</SubmitButton>
        </form>
      </div>
    </section>
  );
}
