import { endSessionsOf } from "@/features/session/end-session";
import { inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { findAccountByEmail } from "./data";
import type { EmailAddress } from "./email-address";

/** Ends all sessions of a person, at the hand of whoever runs the site. The account itself stays as it is. */
export async function signOutEverywhere(
  email: EmailAddress,
  now: Date,
): Promise<Result<{ endedSessions: number }, "unknown_account">> {
  const account = await inTransaction((database) => findAccountByEmail(database, email));
  if (!account) return refuse("unknown_account");
  return ok({ endedSessions: await endSessionsOf(account.userId, "revoked_by_admin", now) });
}
