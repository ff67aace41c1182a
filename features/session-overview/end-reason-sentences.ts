import type { SessionEndReason } from "@/features/session/end-reason";
import type { Translator } from "@/lib/i18n/translator";

/** What the sign-in page says of an ended session. */
export interface EndReasonSentence {
  readonly tone: "info" | "danger";
  readonly text: string;
}

const TONES = {
  idle_timeout: "info",
  absolute_timeout: "info",
  revoked_by_user: "info",
  revoked_by_admin: "info",
  password_changed: "info",
  reuse_detected: "danger",
  account_disabled: "danger",
  account_deleted: "info",
} as const satisfies Record<Exclude<SessionEndReason, "signed_out">, EndReasonSentence["tone"]>;

/**
 * Each reason in words (S11), for the person at the browser whose session it was.
 *
 * @returns null: they know, since they did it here.
 */
export function endReasonSentence(t: Translator<"auth">, reason: SessionEndReason): EndReasonSentence | null {
  return reason === "signed_out" ? null : { tone: TONES[reason], text: t(`endReasons.${reason}`) };
}
