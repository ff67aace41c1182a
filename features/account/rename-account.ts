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
export async function renameAccount(userId: UserId, name: string): Promise<Result<null, "invalid_name">> {
  const parsed = ProfileSchema.safeParse({ name });
  if (!parsed.success) return refuse("invalid_name");
  const version = await inTransaction((database) => updateRepeatedClaims(database, userId, parsed.data));
  if (version !== null) revocationFeed().noteClaims(userId, version);
  return ok(null);
}
