import { type RegistrationResponseJSON, verifyRegistrationResponse } from "@simplewebauthn/server";
import { decodeAttestationObject } from "@simplewebauthn/server/helpers";

import { ALGORITHMS } from "./policy";
import { relyingParty } from "./relying-party";
import type { RegistrationResponse } from "./schema";

/** What an authenticator said of a new credential, once it is found in order. */
export interface VerifiedRegistration {
  readonly credentialId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  /** Which make of authenticator it calls itself; all zeros when it doesn't say. */
  readonly aaguid: string;
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
}

/**
 * Checks the answer to a registration: type, challenge, origin, relying party, presence and verification of the person,
 * algorithm.
 *
 * @param challenge - One of ours, spent for this answer.
 * @returns null when anything is wrong with it.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential
 */
export async function verifyRegistration(
  response: RegistrationResponse,
  challenge: string,
): Promise<VerifiedRegistration | null> {
  const { id, origin } = relyingParty();
  try {
    if (bringsCertificates(response)) return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...ALGORITHMS],
    });
    // The id beside the answer was not signed; the one inside is what will be looked for.
    if (!verified || registrationInfo.credential.id !== response.id) return null;
    const { credential, aaguid, credentialDeviceType, credentialBackedUp } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: Uint8Array.from(credential.publicKey),
      counter: credential.counter,
      aaguid,
      backupEligible: credentialDeviceType === "multiDevice",
      backedUp: credentialBackedUp,
    };
  } catch {
    // The library throws on whatever is wrong with an answer, from its bytes to its origin.
    return null;
  }
}

/**
 * None was asked for, so that a browser sends none. An answer that brings certificates all the same would have them parsed,
 * and the addresses in them fetched (server-side request forgery).
 */
function bringsCertificates({ response }: RegistrationResponse): boolean {
  const attestation = decodeAttestationObject(Uint8Array.from(Buffer.from(response.attestationObject, "base64url")));
  const format = attestation.get("fmt");
  return format !== "none" && !(format === "packed" && attestation.get("attStmt").get("x5c") === undefined);
}
