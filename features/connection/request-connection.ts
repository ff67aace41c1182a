import { addSeconds } from "@/lib/clock";
import { hashToken } from "@/lib/crypto/random-token";
import { inTransaction } from "@/lib/db";
import { type ConnectionRequest, insertConnectionRequest } from "./data";
import { CONNECTION_REQUEST_LIFETIME_SECONDS } from "./policy";

/**
 * Notes that a flow which has just been begun at a provider is to connect, not to sign in, and for which session.
 *
 * @param flowToken - What the browser holds for this one flow, and for no other.
 */
export async function requestConnection(flowToken: string, request: ConnectionRequest, now: Date): Promise<void> {
  const times = { createdAt: now, expiresAt: addSeconds(now, CONNECTION_REQUEST_LIFETIME_SECONDS) };
  const tokenHash = hashToken(flowToken);
  await inTransaction((database) => insertConnectionRequest(database, { ...request, tokenHash }, times));
}
