import { randomBytes } from "node:crypto";

import type { UserId } from "@/features/account/user-id";
import type { FirstFactor } from "@/features/second-factor/data";
import { addSeconds } from "@/lib/clock";
import { hashToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { newPerson, now } from "../session/person";

/** What a right password proves of somebody. */
export function passwordOf(userId: UserId, changes: Partial<FirstFactor> = {}): FirstFactor {
  return { userId, method: "password", amr: ["pwd"], remember: true, ...changes };
}

/** A person whose second factor is on. What its secret is matters to nothing that asks only whether there is one. */
export async function newPersonWithFactor(): Promise<UserId> {
  const userId = await newPerson();
  await db().totpFactor.create({
    data: { userId, sealedSecret: Uint8Array.of(0), confirmedAt: now },
    select: { userId: true },
  });
  return userId;
}

/** A browser that somebody trusts for an hour; returns what its cookie holds. */
export async function newTrustedDevice(userId: UserId): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = addSeconds(now, 3600);
  await db().trustedDevice.create({
    data: { tokenHash: hashToken(token), userId, lastUsedAt: now, expiresAt },
    select: { id: true },
  });
  return token;
}
