import type { AuditEventKind } from "@/features/audit/event-kind";
import { versionInWords } from "@/features/terms/version-in-words";

/** What an event's row says besides its kind. */
export type EventDetails = Readonly<Record<string, string | number | boolean>>;

/** How an event is told to the person that it happened to. */
interface Telling {
  readonly sentence: string | ((details: EventDetails, nameOf: (method: string) => string) => string);
  /** Whether somebody else may have done it, which is then to be said with "This wasn't me". */
  readonly doubtful: boolean;
}

const own = (sentence: Telling["sentence"]): Telling => ({ sentence, doubtful: true });
const news = (sentence: Telling["sentence"]): Telling => ({ sentence, doubtful: false });

/** Every kind of event has its sentence: one that is added without does not compile. */
const TELLINGS: Record<AuditEventKind, Telling> = {
  signed_up: news(({ method }, nameOf) =>
    method === "password" ? "Account created" : `Account created, ${withMethod(method, nameOf)}`,
  ),
  signed_in: own(({ method }, nameOf) => `Signed in ${withMethod(method, nameOf)}`),
  sign_in_failed: news(({ method, reason }, nameOf) =>
    reason === "invalid_credentials"
      ? "A sign-in was refused: wrong password"
      : `A sign-in ${withMethod(method, nameOf)} was refused`,
  ),
  signed_out: news("Signed out"),
  reauthenticated: own("Proved again who you are, for something that needs it"),
  reauthentication_failed: news("Failed to prove again who you are, in a session of yours"),
  session_revoked: own("Ended a session"),
  other_sessions_revoked: own(({ sessions }) => `Ended all other sessions${sessions ? ` (${sessions})` : ""}`),
  all_sessions_revoked: news("Whoever runs this site ended all your sessions"),
  session_reuse_detected: news("A session was ended because a copy of it was used"),
  account_disabled: news("Whoever runs this site disabled your account"),
  account_enabled: news("Whoever runs this site enabled your account again"),
  roles_changed: news("Whoever runs this site changed what you may do here"),
  profile_changed: own("Changed the profile"),
  terms_agreed: news(({ version }) => `Agreed to the terms of ${versionInWords(String(version))}`),
  password_reset_requested: news("Asked for a mail to reset the password"),
  password_reset: own("Chose a new password with a link from a mail"),
  password_changed: own("Changed the password"),
  password_change_failed: news("Failed to change the password, with a wrong one, in a session of yours"),
  password_set: own("Set a first password"),
  email_change_requested: own("Asked to move to another e-mail address"),
  email_changed: own("Moved to another e-mail address"),
  email_change_cancelled: news("Took back the move to another e-mail address"),
  email_change_undone: news("Undid the move to another e-mail address"),
  second_factor_enabled: own("Turned on the authenticator app"),
  second_factor_disabled: own("Turned off the authenticator app"),
  second_factor_failed: news("A wrong code was entered as second factor"),
  second_factor_locked: news("Codes were refused for a while, after too many wrong ones"),
  recovery_code_used: own("Used a recovery code"),
  recovery_codes_replaced: own("Replaced the recovery codes"),
  device_trusted: own("Trusted a browser, which is not asked for a code for a while"),
  device_trust_revoked: news("Took the trust from a browser"),
  passkey_added: own("Added a passkey"),
  passkey_renamed: own("Renamed a passkey"),
  passkey_removed: own("Removed a passkey"),
  passkey_refused: news("A passkey was refused"),
  connection_added: own(({ provider }, nameOf) => `Connected ${providerName(provider, nameOf)}`),
  connection_removed: own(({ provider }, nameOf) => `Disconnected ${providerName(provider, nameOf)}`),
  connection_refused: news(({ provider }, nameOf) => `Connecting ${providerName(provider, nameOf)} was refused`),
  reported_as_not_me: news("Reported “This wasn't me”: all sessions were ended"),
  account_exported: own("Took out a copy of all data of the account"),
  account_deletion_requested: own("Asked for the account to be deleted"),
  account_deletion_refused: own("Asked for the account to be deleted, with a wrong password"),
  account_deletion_cancelled: own("Took back the deletion of the account"),
  account_deleted: news("The account was deleted"),
  rate_limited: news("Somebody tried too many passwords or codes for your account, and was made to wait"),
};

/**
 * Tells of an event in a plain sentence.
 *
 * @param nameOf - The name of a provider, by its id.
 */
export function tellEvent(kind: AuditEventKind, details: EventDetails, nameOf: (method: string) => string): string {
  const { sentence } = TELLINGS[kind];
  return typeof sentence === "string" ? sentence : sentence(details, nameOf);
}

/** Whether somebody else may have done this, in the person's name. */
export function isDoubtful(kind: AuditEventKind): boolean {
  return TELLINGS[kind].doubtful;
}

/** Reads a stored kind; null for one that this version does not know, as after going back to an older one. */
export function parseEventKind(stored: string): AuditEventKind | null {
  return Object.hasOwn(TELLINGS, stored) ? (stored as AuditEventKind) : null;
}

const WAYS: Readonly<Record<string, string>> = {
  password: "with your password",
  passkey: "with a passkey",
  magic_link: "with a mail to your address",
};

function withMethod(method: string | number | boolean | undefined, nameOf: (method: string) => string): string {
  const name = String(method ?? "");
  return WAYS[name] ?? `with ${nameOf(name)}`;
}

function providerName(provider: string | number | boolean | undefined, nameOf: (method: string) => string): string {
  return provider === undefined ? "another way to sign in" : nameOf(String(provider));
}
