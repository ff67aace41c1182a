/**
 * Signatures that only the issuer can make. Not `none`, and nothing with the client secret (HS256), which an attacker who knows
 * the public key might have taken for it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 */
export const SIGNING_ALGORITHMS = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
] as const;

/** By how much an issuer's clock may differ from ours. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** An ID token comes fresh from the token endpoint. Issuers that make it with the code let that live for 10 minutes at most. */
export const MAX_AGE_SECONDS = 10 * 60;

/** How long published keys are believed without asking again: a key that an issuer withdraws is refused after that. */
export const KEYS_MAX_AGE_MS = 10 * 60 * 1000;

/** An unknown key makes us ask the issuer again, at most this often: whoever can name keys must not make us flood it. */
export const KEYS_COOL_DOWN_MS = 1_000;

/** @see https://openid.net/specs/openid-connect-core-1_0.html#IDToken */
export const MAX_SUBJECT_LENGTH = 255;

/** Issuers that are remembered at once: there are many where each tenant of a provider is one. */
export const MAX_ISSUERS = 200;
