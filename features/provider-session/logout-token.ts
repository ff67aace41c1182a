import { errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import * as z from "zod";

import { CLOCK_TOLERANCE_SECONDS } from "@/features/session/policy";
import { addSeconds } from "@/lib/clock";
import { ok, type Result, refuse } from "@/lib/result";

/** Whose word it is, to whom, and with which keys. */
export interface LogoutTokenExpectations {
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: JWTVerifyGetKey;
}

/** Which sessions are to end. At least one of `sub` and `sid` is there. */
export interface LogoutToken {
  readonly subject: string | null;
  readonly providerSessionId: string | null;
  readonly tokenId: string;
  /** From then on it is refused for its age. */
  readonly expiresAt: Date;
}

/** A token older than this is refused, in seconds, whatever it says itself: it is sent as soon as it is made (ASVS 5.0 V10.5.5). */
const MAX_AGE_SECONDS = 5 * 60;
const EVENT = "http://schemas.openid.net/event/backchannel-logout";
const MAX_IDENTIFIER_LENGTH = 255;
/** Signed with a key pair only: the client's secret signs for nobody, and "none" for everybody. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

const Identifier = z.string().min(1).max(MAX_IDENTIFIER_LENGTH);
const LogoutClaimsSchema = z
  .object({
    jti: Identifier,
    iat: z.number(),
    events: z.looseObject({ [EVENT]: z.looseObject({}) }),
    sub: Identifier.optional(),
    sid: Identifier.optional(),
    // An ID token has one: with it, one that was stolen would sign people out.
    nonce: z.never().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

/**
 * Checks a logout token, in the order of the specification. That it is the first one with its id is for the caller to see.
 *
 * @param unverifiedToken - As received.
 * @throws When the issuer's keys can't be had: nothing is known about the token then.
 * @see https://openid.net/specs/openid-connect-backchannel-1_0.html#Validation
 */
export async function verifyLogoutToken(
  unverifiedToken: string,
  { issuer, clientId, keys }: LogoutTokenExpectations,
  now: Date,
): Promise<Result<LogoutToken, "invalid_logout_token">> {
  const verified = await jwtVerify(unverifiedToken, keys, {
    ...{ issuer, audience: clientId, algorithms: ALGORITHMS, currentDate: now },
    requiredClaims: ["iat", "exp", "jti"],
    maxTokenAge: MAX_AGE_SECONDS,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  }).catch((error: unknown) => {
    // What the token is to blame for; keys that are away are not.
    if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) return null;
    throw error;
  });
  if (!verified || !isTyped(verified.protectedHeader.typ)) return refuse("invalid_logout_token");
  const claims = LogoutClaimsSchema.safeParse(verified.payload);
  if (!claims.success) return refuse("invalid_logout_token");
  const { sub = null, sid = null, jti, iat } = claims.data;
  const expiresAt = addSeconds(new Date(iat * 1000), MAX_AGE_SECONDS + CLOCK_TOLERANCE_SECONDS);
  return ok({ subject: sub, providerSessionId: sid, tokenId: jti, expiresAt });
}

/** Any other kind of token is none, whatever it holds; older providers name no kind. */
function isTyped(typ: string | undefined): boolean {
  return typ === undefined || /^(?:application\/)?logout\+jwt$/i.test(typ);
}
