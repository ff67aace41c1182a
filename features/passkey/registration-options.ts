import { generateRegistrationOptions, type PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/server";

import type { UserId } from "@/features/account/user-id";
import { issueChallenge } from "./challenge";
import { findCredentials } from "./data";
import { ALGORITHMS, CEREMONY_TIMEOUT_MS } from "./policy";
import { relyingParty } from "./relying-party";
import { userHandle } from "./user-handle";

/**
 * What a browser needs to make a passkey for somebody who is signed in.
 *
 * A passkey is found without typing (`residentKey`) and asks for a finger, a face or a PIN (`userVerification`), so that it
 * is two factors in one. Which make of authenticator it is isn't asked (`attestation: "none"`): there is none that we would
 * turn away, and the answer would tell people's devices apart.
 *
 * @param person - As their authenticator will call the account.
 * @see https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialcreationoptionsjson
 */
export async function registrationOptions(
  person: { readonly id: UserId; readonly email: string; readonly name: string | null },
  now: Date,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { id: rpID } = relyingParty();
  return generateRegistrationOptions({
    rpName: rpID,
    rpID,
    userID: userHandle(person.id),
    userName: person.email,
    userDisplayName: person.name ?? person.email,
    challenge: await issueChallenge({ purpose: "registration", userId: person.id }, now),
    timeout: CEREMONY_TIMEOUT_MS,
    attestationType: "none",
    excludeCredentials: await findCredentials(person.id),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: [...ALGORITHMS],
  });
}
