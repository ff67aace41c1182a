import { createHash } from "node:crypto";
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";

import { ok, type Result, refuse } from "@/lib/result";
import { CLOCK_TOLERANCE_SECONDS, MAX_AGE_SECONDS, MAX_SUBJECT_LENGTH, SIGNING_ALGORITHMS } from "./policy";
import { type IdTokenRefusal, idTokenRefusalOf } from "./refusal";

/** What an ID token has to fit. */
export interface ExpectedIdToken {
  /** As the issuer's own metadata put it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: JWTVerifyGetKey;
  /** The access token that came with it. */
  readonly accessToken: string;
}

/** The claims of an ID token that was verified. */
type IdTokenClaims = JWTPayload & { readonly iss: string; readonly sub: string };

/**
 * Verifies an ID token that came from the token endpoint, in the order of the standard. Auth.js compares claims, but never
 * looks at the signature; the one claim that is compared there alone is `nonce`, whose secret it keeps.
 *
 * @param idToken - Unverified, of whatever type.
 * @throws What fetching the issuer's keys throws.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
export async function verifyIdToken(
  idToken: unknown,
  expected: ExpectedIdToken,
  now: Date,
): Promise<Result<IdTokenClaims, IdTokenRefusal>> {
  if (typeof idToken !== "string") return refuse("id_token_missing");
  try {
    const { payload, protectedHeader } = await jwtVerify<IdTokenClaims>(idToken, expected.keys, {
      algorithms: [...SIGNING_ALGORITHMS],
      issuer: expected.issuer,
      audience: expected.clientId,
      requiredClaims: ["exp", "sub"],
      maxTokenAge: MAX_AGE_SECONDS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: now,
    });
    const refusal = refusalOf(payload, protectedHeader.alg, expected);
    return refusal ? refuse(refusal) : ok(payload);
  } catch (error) {
    const refusal = idTokenRefusalOf(error);
    if (!refusal) throw error;
    return refuse(refusal);
  }
}

/** What OpenID Connect asks for beyond RFC 7519. */
function refusalOf(claims: IdTokenClaims, algorithm: string, expected: ExpectedIdToken): IdTokenRefusal | null {
  const { aud, azp, sub } = claims;
  // Made for others too: without a word on who may use it, any of them could pass theirs on to us.
  if (Array.isArray(aud) && aud.length > 1 && azp === undefined) return "id_token_authorized_party";
  if (azp !== undefined && azp !== expected.clientId) return "id_token_authorized_party";
  if (typeof sub !== "string" || sub === "" || sub.length > MAX_SUBJECT_LENGTH) return "id_token_subject";
  const hash = claims["at_hash"];
  if (hash !== undefined && hash !== accessTokenHash(expected.accessToken, algorithm))
    return "id_token_access_token_hash";
  return null;
}

/**
 * The left half of the access token's hash, which binds the two tokens together.
 *
 * @param algorithm - The ID token's: its hash function is the one to use. Ed25519 uses SHA-512.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken
 */
function accessTokenHash(accessToken: string, algorithm: string): string {
  const bits = /^(?:RS|PS|ES)(256|384|512)$/.exec(algorithm)?.[1] ?? "512";
  const digest = createHash(`sha${bits}`).update(accessToken, "ascii").digest();
  return digest.subarray(0, digest.length / 2).toString("base64url");
}
