import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from "@simplewebauthn/server";

import type { StoredCredential } from "./data";
import { relyingParty } from "./relying-party";
import type { AuthenticationResponse } from "./schema";

/** What an authenticator said of itself, signed. */
export interface VerifiedAssertion {
  readonly counter: number;
  readonly backedUp: boolean;
}

/**
 * Checks the answer of an authenticator: type, challenge, origin, relying party, presence and verification of the person,
 * signature. Whether it counted on is for whoever stores the counter.
 *
 * @param challenge - One of ours, spent for this answer.
 * @returns null when anything is wrong with it.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 */
export async function verifyAssertion(
  response: AuthenticationResponse,
  credential: StoredCredential,
  challenge: string,
): Promise<VerifiedAssertion | null> {
  const { id, origin } = relyingParty();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      // Zero, so that the library leaves the counter to `noteUse`: it would judge it before the signature, and without a lock.
      credential: { id: credential.credentialId, publicKey: credential.publicKey, counter: 0 },
    });
    const { newCounter, credentialDeviceType, credentialBackedUp } = authenticationInfo;
    // Settled for good when the credential was made: an answer that says otherwise is of another one.
    const isSameKind = (credentialDeviceType === "multiDevice") === credential.backupEligible;
    return verified && isSameKind ? { counter: newCounter, backedUp: credentialBackedUp } : null;
  } catch {
    // The library throws on whatever is wrong with an answer, from its bytes to its origin.
    return null;
  }
}
