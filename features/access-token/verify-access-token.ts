import { CLOCK_TOLERANCE_SECONDS } from "@/features/session/policy";
import { keyRing, type PublicKeys } from "@/features/signing-key/key-ring";
import { ok, type Result, refuse } from "@/lib/result";
import { type AccessTokenClaims, AccessTokenClaimsSchema } from "./access-token-claims";
import { splitCompact, verifyCompact } from "./compact-jws";
import { audience, CLIENT_ID, issuer, MAX_ACCESS_TOKEN_LENGTH } from "./policy";

/** "invalid_token" says nothing more on purpose. */
export type AccessTokenRefusal = "invalid_token" | "expired_token";

/**
 * Verifies an access token: form, key, signature, then who issued it for whom, then its times, give or take 15 seconds.
 * Whether its session has ended meanwhile is another question (`checkAccessToken`).
 *
 * @param token - As received, unverified.
 * @throws When the signing keys can't be read.
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-4
 */
export async function verifyAccessToken(
  token: string,
  now: Date,
  keys: PublicKeys = keyRing(),
): Promise<Result<AccessTokenClaims, AccessTokenRefusal>> {
  const jws = token.length <= MAX_ACCESS_TOKEN_LENGTH ? splitCompact(token) : null;
  const publicKey = jws && (await keys.publicKey(jws.kid, now));
  if (!jws || !publicKey) return refuse("invalid_token");
  const parsed = AccessTokenClaimsSchema.safeParse(verifyCompact(jws, publicKey));
  if (!parsed.success) return refuse("invalid_token");

  const { iss, aud, client_id, iat, exp } = parsed.data;
  if (iss !== issuer() || aud !== audience() || client_id !== CLIENT_ID) return refuse("invalid_token");
  const seconds = now.getTime() / 1000;
  if (iat - CLOCK_TOLERANCE_SECONDS > seconds) return refuse("invalid_token");
  return exp + CLOCK_TOLERANCE_SECONDS <= seconds ? refuse("expired_token") : ok(parsed.data);
}
