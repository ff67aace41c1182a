import { updateRepeatedClaims } from "@/features/account/data";
import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { revocationFeed } from "@/features/session/revocation-feed";
import { randomToken } from "@/lib/crypto/random-token";
import { type Database, inTransaction } from "@/lib/db";
import { ok, type Result } from "@/lib/result";
import { deleteAvatar, upsertAvatar } from "./data";
import { encodePicture, type PictureRefusal } from "./encode-picture";
import { AVATAR_CONTENT_TYPE } from "./policy";

/**
 * Makes a file into a person's picture, everywhere they are signed in. The one before is gone with that.
 *
 * @param unverifiedBytes - As uploaded.
 */
export async function setAvatar(
  userId: UserId,
  unverifiedBytes: Uint8Array,
  origin: RequestOrigin,
): Promise<Result<null, PictureRefusal>> {
  const picture = await encodePicture(unverifiedBytes);
  if (!picture.ok) return picture;
  // Random: whoever isn't shown the address can't guess it, and a browser may keep what is there for ever.
  const version = randomToken();
  await change(userId, `/avatars/${version}`, origin, (database) =>
    upsertAvatar(database, userId, { version, contentType: AVATAR_CONTENT_TYPE, data: picture.value }),
  );
  return ok(null);
}

/** Removes a person's picture, everywhere they are signed in. */
export async function removeAvatar(userId: UserId, origin: RequestOrigin): Promise<void> {
  await change(userId, null, origin, (database) => deleteAvatar(database, userId));
}

/** The person's row comes first: two changes at once happen one after the other, and address and picture agree. */
async function change(
  userId: UserId,
  image: string | null,
  origin: RequestOrigin,
  store: (database: Database) => Promise<void>,
): Promise<void> {
  const version = await inTransaction(async (database) => {
    const current = await updateRepeatedClaims(database, userId, { image });
    if (current === null) return null;
    await store(database);
    await appendAuditEvent(database, { kind: "profile_changed", userId, origin, details: { changed: "picture" } });
    return current;
  });
  if (version !== null) revocationFeed().noteClaims(userId, version);
}
