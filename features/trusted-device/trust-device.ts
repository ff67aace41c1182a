import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { inTransaction } from "@/lib/db";
import { deleteTrustedDevice, insertTrustedDevice } from "./data";
import { TRUST_SECONDS } from "./policy";

/** What the browser keeps. */
export interface DeviceTrust {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Trusts the browser of somebody who has just proved two factors, for 30 days: until then the first one is enough in it. */
export async function trustDevice(userId: UserId, origin: RequestOrigin, now: Date): Promise<DeviceTrust> {
  const token = randomToken();
  const expiresAt = addSeconds(now, TRUST_SECONDS);
  await inTransaction(async (database) => {
    const { userAgent } = origin;
    await insertTrustedDevice(database, { tokenHash: hashToken(token), userId, userAgent, expiresAt }, now);
    await appendAuditEvent(database, { kind: "device_trusted", userId, origin });
  });
  return { token, expiresAt };
}

/**
 * Ends the trust in one of a person's own browsers. Its session goes on.
 *
 * @param id - A UUID, as received.
 * @returns False when this person trusts no such browser: somebody else's looks the same as none.
 */
export function revokeTrust(userId: UserId, id: string, origin: RequestOrigin): Promise<boolean> {
  return inTransaction(async (database) => {
    if (!(await deleteTrustedDevice(database, userId, id))) return false;
    await appendAuditEvent(database, { kind: "device_trust_revoked", userId, origin });
    return true;
  });
}
