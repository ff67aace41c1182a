import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { revocationFeed } from "@/features/session/revocation-feed";
import { inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import { updateRepeatedClaims } from "./data";
import { ProfileSchema } from "./schema";
import type { UserId } from "./user-id";

/**
 * Changes a person's display name, everywhere they are signed in.
 *
 * @param name - As received, unverified.
 */
export async function renameAccount(
  userId: UserId,
  name: string,
  origin?: RequestOrigin,
): Promise<Result<null, "invalid_name">> {
  const parsed = ProfileSchema.safeParse({ name });
  if (!parsed.success) return refuse("invalid_name");
  const version = await inTransaction(async (database) => {
    const current = await updateRepeatedClaims(database, userId, parsed.data);
    const event = { kind: "profile_changed", userId, details: { changed: "name" }, ...(origin && { origin }) } as const;
    if (current !== null) await appendAuditEvent(database, event);
    return current;
  });
  if (version !== null) revocationFeed().noteClaims(userId, version);
  return ok(null);
}
