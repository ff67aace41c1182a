import { recordAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { checkPassword, type PasswordRefusal } from "@/features/password/check-password";
import { hashPassword } from "@/features/password/hash-password";
import type { RateLimited } from "@/features/rate-limit/rate-limited";
import type { SessionClaims } from "@/features/session/session-claims";
import { takePasswordTry } from "@/features/sign-in/take-password-try";
import { type Result, refuse } from "@/lib/result";
import { findOwnPassword } from "./data";
import { type ActingSession, type ReplacementRefusal, replaceOwnPassword } from "./replace-own-password";

/**
 * Changes the password of somebody who is signed in and knows the one that they have. Every other session ends; theirs goes on
 * under a new id.
 *
 * A wrong password is written down, and an account that has none costs the same work and is answered alike.
 *
 * @param input - As typed.
 * @returns The claims of the next cookie; or why not. `replaced_meanwhile`: somebody else was quicker.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver for the new one; ASVS 5.0 V6.2.3 for asking for the old one
 */
export async function changePassword(
  acting: ActingSession,
  input: { currentPassword: string; newPassword: string },
  origin: RequestOrigin,
  now: Date,
): Promise<Result<SessionClaims, "invalid_credentials" | RateLimited | ReplacementRefusal | PasswordRefusal>> {
  const own = await findOwnPassword(acting.sub);
  if (!own) return refuse("session_ended");
  const checked = checkPassword(input.newPassword, own);
  if (!checked.ok) return checked;
  const taken = await takePasswordTry(own.email, origin);
  if (!taken.ok) return taken;
  const { valid } = await taken.value.compare(input.currentPassword, own.hash);
  if (!valid) {
    const { sub: userId, sid: sessionId } = acting;
    await recordAuditEvent({ kind: "password_change_failed", userId, sessionId, origin });
    return refuse("invalid_credentials");
  }
  const hash = await hashPassword(input.newPassword);
  return replaceOwnPassword(acting, { event: "password_changed", from: own.hash, to: hash }, origin, now);
}

/**
 * Gives an account its first password. The caller has made sure that its owner proved recently who they are, in whichever
 * way they sign in (S14). Every other session ends; theirs goes on under a new id.
 *
 * @param newPassword - As typed.
 * @returns The claims of the next cookie; or why not. `replaced_meanwhile`: the account has a password already.
 */
export async function setFirstPassword(
  acting: ActingSession,
  newPassword: string,
  origin: RequestOrigin,
  now: Date,
): Promise<Result<SessionClaims, ReplacementRefusal | PasswordRefusal>> {
  const own = await findOwnPassword(acting.sub);
  if (!own) return refuse("session_ended");
  const checked = checkPassword(newPassword, own);
  if (!checked.ok) return checked;
  const hash = await hashPassword(newPassword);
  return replaceOwnPassword(acting, { event: "password_set", from: null, to: hash }, origin, now);
}
