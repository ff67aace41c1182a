import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { type ChallengeUse, deleteChallenge, insertChallenge } from "./data";
import { CHALLENGE_LIFETIME_SECONDS } from "./policy";

/**
 * Hands out a challenge: 32 random bytes, good once and for `CHALLENGE_LIFETIME_SECONDS`.
 *
 * One for signing in is tied to no browser. It needn't be: whoever answers it signs it together with the origin, and a page
 * elsewhere can't send the answer here.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-cryptographic-challenges
 */
export async function issueChallenge(use: ChallengeUse, now: Date): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = randomToken();
  await insertChallenge(hashToken(challenge), use, now, addSeconds(now, CHALLENGE_LIFETIME_SECONDS));
  return Uint8Array.from(Buffer.from(challenge, "base64url"));
}

/**
 * Spends a challenge, whatever comes of the answer: none is judged twice.
 *
 * @param challenge - As received, unverified, in base64url.
 * @returns Whether it was ours, for this use, and in time.
 */
export async function redeemChallenge(challenge: string, use: ChallengeUse, now: Date): Promise<boolean> {
  const expiresAt = await deleteChallenge(hashToken(challenge), use);
  return expiresAt !== null && expiresAt > now;
}
