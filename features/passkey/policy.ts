/** How long a challenge may be answered: time to find the key, and no more. */
export const CHALLENGE_LIFETIME_SECONDS = 5 * 60;

/** How long the browser waits for the person, in milliseconds; it gives up before the challenge does. */
export const CEREMONY_TIMEOUT_MS = 4 * 60 * 1000;

/** A new passkey opens the account for good, so adding and removing ask who it is once more (ASVS 5.0 V7.5.1). */
export const PASSKEY_CHANGE_MAX_AGE_SECONDS = 10 * 60;

/** More than anybody has devices; each is named in the options of the next registration. */
export const MAX_PASSKEYS = 20;

/**
 * The signatures that are taken, as COSE algorithm identifiers, the best first: EdDSA, ES256, RS256 (which Windows Hello
 * needs). Named here, so that every instance offers the same whatever its runtime knows.
 *
 * @see https://www.w3.org/TR/webauthn-3/#dom-publickeycredentialcreationoptions-pubkeycredparams
 */
export const ALGORITHMS: readonly number[] = [-8, -7, -257];
