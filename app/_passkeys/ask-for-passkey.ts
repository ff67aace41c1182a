import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from "@simplewebauthn/browser";

import { ceremonyFailure } from "./ceremony-failure";

/** What came of asking for a passkey: the authenticator's answer, or why there is none. */
export type Asked = { ok: true; answer: AuthenticationResponseJSON } | { ok: false; code: string };

/**
 * Asks the browser for a passkey. One that is asked for already is superseded.
 *
 * @param autofill - Quietly, among what the browser offers for the field whose `autocomplete` ends with `webauthn`.
 */
export async function askForPasskey(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
  autofill = false,
): Promise<Asked> {
  const startedAt = performance.now();
  try {
    return { ok: true, answer: await startAuthentication({ optionsJSON, useBrowserAutofill: autofill }) };
  } catch (error) {
    return { ok: false, code: ceremonyFailure(error, performance.now() - startedAt, optionsJSON.timeout) };
  }
}
