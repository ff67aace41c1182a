import { appendAuditEvent } from "@/features/audit/data";
import { revocationFeed } from "@/features/session/revocation-feed";
import { inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { findAccountByEmail, updateRepeatedClaims } from "./data";
import type { EmailAddress } from "./email-address";

/**
 * Gives a person exactly these roles. Nobody is signed out: each of their sessions knows within the staleness bound (S3).
 *
 * @param roles - Checked against `access.ts` by the caller.
 */
export async function changeRoles(
  email: EmailAddress,
  roles: readonly string[],
): Promise<Result<null, "unknown_account">> {
  const changed = await inTransaction(async (database) => {
    const account = await findAccountByEmail(database, email);
    if (!account) return null;
    const { userId } = account;
    const version = await updateRepeatedClaims(database, userId, { roles: [...new Set(roles)] });
    await appendAuditEvent(database, { kind: "roles_changed", userId });
    return version === null ? null : { userId, version };
  });
  if (!changed) return refuse("unknown_account");
  revocationFeed().noteClaims(changed.userId, changed.version);
  return ok(null);
}
