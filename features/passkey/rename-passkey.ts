import { appendAuditEvent } from "@/features/audit/data";
import { inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { isUuid } from "@/lib/uuid";
import type { ActingPerson } from "./acting-person";
import { type ListedPasskey, updatePasskeyName } from "./data";

/**
 * Renames one of a person's own passkeys.
 *
 * @param id - As received, unverified. Somebody else's looks the same as none.
 * @param name - As `PasskeyNameSchema` lets through.
 */
export async function renamePasskey(
  { userId, sessionId, origin }: ActingPerson,
  id: string,
  name: string,
): Promise<Result<ListedPasskey, "not_found">> {
  if (!isUuid(id)) return refuse("not_found");
  const renamed = await inTransaction(async (transaction) => {
    const passkey = await updatePasskeyName(transaction, userId, id, name);
    const details = { passkeyId: id };
    if (passkey) await appendAuditEvent(transaction, { kind: "passkey_renamed", userId, sessionId, origin, details });
    return passkey;
  });
  return renamed ? ok(renamed) : refuse("not_found");
}
