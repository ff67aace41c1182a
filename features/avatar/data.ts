import "server-only";

import type { UserId } from "@/features/account/user-id";
import { type Database, db } from "@/lib/db";

/** A stored picture. */
export interface StoredAvatar {
  readonly contentType: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Stores a person's picture in place of the one before. */
export async function upsertAvatar(
  database: Database,
  userId: UserId,
  avatar: StoredAvatar & { version: string },
): Promise<void> {
  await database.avatar.upsert({
    where: { userId },
    create: { userId, ...avatar },
    update: avatar,
    select: { userId: true },
  });
}

/** Deletes a person's picture, if there is one. */
export async function deleteAvatar(database: Database, userId: UserId): Promise<void> {
  await database.avatar.deleteMany({ where: { userId } });
}

/** The picture at an address; null when it was replaced or removed, or never was. */
export async function findAvatar(version: string): Promise<StoredAvatar | null> {
  return await db().avatar.findUnique({ where: { version }, select: { contentType: true, data: true } });
}
