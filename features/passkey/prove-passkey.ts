import type { UserId } from "@/features/account/user-id";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { ok, type Result, refuse } from "@/lib/result";
import { redeemChallenge } from "./challenge";
import { readChallenge } from "./client-data";
import { type ChallengeUse, findCredential, noteUse, type StoredCredential } from "./data";
import { noteRefusal, type RefusalReason } from "./refusal";
import type { AuthenticationResponse } from "./schema";
import { isUserHandleOf } from "./user-handle";
import { verifyAssertion } from "./verify-assertion";

/** Whose passkey was used, and what it proves. */
export interface ProvenPasskey {
  readonly userId: UserId;
  /** RFC 8176. */
  readonly amr: readonly string[];
}

/**
 * Judges the answer of a passkey, once: its challenge is spent whatever comes of it.
 *
 * Every refusal looks the same from outside. What was wrong stands in the audit log of the passkey's owner; of a credential
 * that nobody has, nowhere.
 *
 * @param use - What the challenge was for, and whose passkey it has to be; null: whoever's it is.
 */
export async function provePasskey(
  response: AuthenticationResponse,
  use: ChallengeUse,
  origin: RequestOrigin,
  now: Date,
): Promise<Result<ProvenPasskey, "invalid_passkey">> {
  const challenge = readChallenge(response.response.clientDataJSON);
  const isOurs = challenge !== null && (await redeemChallenge(challenge, use, now));
  const credential = await findCredential(response.id);
  if (!credential) return refuse("invalid_passkey");
  const reason = isOurs ? await judge(response, credential, use, challenge, now) : "challenge";
  if (reason === null) return ok({ userId: credential.userId, amr: methodsOf(credential) });
  await noteRefusal({ userId: credential.userId, origin, purpose: use.purpose, reason });
  return refuse("invalid_passkey");
}

async function judge(
  response: AuthenticationResponse,
  credential: StoredCredential,
  use: ChallengeUse,
  challenge: string,
  now: Date,
): Promise<RefusalReason | null> {
  if (use.userId !== null && use.userId !== credential.userId) return "account";
  const { userHandle } = response.response;
  // Where nobody was named before, the passkey itself has to say whose it is.
  const isTheirs = userHandle ? isUserHandleOf(userHandle, credential.userId) : use.userId !== null;
  if (!isTheirs) return "account";
  const verified = await verifyAssertion(response, credential, challenge);
  if (!verified) return "answer";
  return (await noteUse(credential.id, verified.counter, verified.backedUp, now)) ? null : "counter";
}

/**
 * The authentication methods of a passkey that verified its person: a key, their presence, and a second factor, since
 * nothing but a finger, a face or a PIN unlocks the key.
 *
 * A key that may be copied to other devices counts as kept by software. One that may not is taken for hardware at its word:
 * no attestation is asked for.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8176#section-2
 */
function methodsOf({ backupEligible }: StoredCredential): readonly string[] {
  return [backupEligible ? "swk" : "hwk", "user", "mfa"];
}
