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

/** A picture that a provider said to have of a person. */
export interface OfferedPicture {
  /** Of the connection. */
  readonly id: string;
  readonly provider: string;
}

/** The providers that have a picture of a person, the one that was connected first before others. */
export async function findOfferedPictures(userId: UserId): Promise<OfferedPicture[]> {
  return db().account.findMany({
    where: { userId, pictureUrl: { not: null } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, provider: true },
  });
}

/** Where the provider of one of a person's own connections has a picture; somebody else's looks the same as none. */
export async function findPictureUrl(userId: UserId, connectionId: string): Promise<string | null> {
  const account = await db().account.findFirst({ where: { id: connectionId, userId }, select: { pictureUrl: true } });
  return account?.pictureUrl ?? null;
}
