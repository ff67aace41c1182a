import type { SessionEndReason } from "@/features/session/end-reason";

/** What the sign-in page says of an ended session. */
export interface EndReasonSentence {
  readonly tone: "info" | "danger";
  readonly text: string;
}

/**
 * Each reason in words (S11), for the person at the browser whose session it was. Null: they know, since they did it here.
 */
export const END_REASON_SENTENCES: Readonly<Record<SessionEndReason, EndReasonSentence | null>> = {
  signed_out: null,
  idle_timeout: { tone: "info", text: "You were signed out because you hadn't been here for a while." },
  absolute_timeout: {
    tone: "info",
    text: "You were signed out because a sign-in lasts only so long, however often you are here.",
  },
  revoked_by_user: {
    tone: "info",
    text: "This session was ended from another device. If that wasn't you, sign in and look through your sessions.",
  },
  revoked_by_admin: { tone: "info", text: "The people who run this site ended this session. You can sign in again." },
  password_changed: {
    tone: "info",
    text: "Your password was changed, which signs out every other device. Sign in with the new one.",
  },
  reuse_detected: {
    tone: "danger",
    text: "You were signed out because a copy of this sign-in was used elsewhere. We can't tell which of the two was you, so we ended both.",
  },
  account_disabled: {
    tone: "danger",
    text: "This account was disabled. Write to the people who run this site if you think that is a mistake.",
  },
  account_deleted: {
    tone: "info",
    text: "The account that was signed in here was deleted, or is about to be. As long as it is there, signing in lets you keep it.",
  },
};
