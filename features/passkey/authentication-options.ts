import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";

import type { UserId } from "@/features/account/user-id";
import { issueChallenge } from "./challenge";
import { findCredentials } from "./data";
import { CEREMONY_TIMEOUT_MS } from "./policy";
import { relyingParty } from "./relying-party";

/**
 * What a browser needs to sign somebody in with a passkey: the same for everybody. It names no credentials, since the
 * authenticator finds its own; a list made from an e-mail address would tell who has an account.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-username-enumeration
 */
export async function signInOptions(now: Date): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: await issueChallenge({ purpose: "sign_in", userId: null }, now),
    timeout: CEREMONY_TIMEOUT_MS,
    userVerification: "required",
  });
}

/**
 * What a browser needs to ask somebody whom we know for one of their passkeys.
 *
 * @param purpose - What the answer will be good for.
 */
export async function confirmationOptions(
  purpose: "second_factor" | "step_up",
  userId: UserId,
  now: Date,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: await issueChallenge({ purpose, userId }, now),
    timeout: CEREMONY_TIMEOUT_MS,
    userVerification: "required",
    allowCredentials: await findCredentials(userId),
  });
}
