import { randomUUID } from "node:crypto";

import { keyRing } from "@/features/signing-key/key-ring";
import { epochSeconds } from "@/lib/clock";
import { env } from "@/lib/env/env";
import type { AccessTokenClaims, ActingClaims } from "./access-token-claims";
import { signCompact } from "./compact-jws";
import { audience, CLIENT_ID, issuer } from "./policy";

/** What a client is told of its new token. */
export interface IssuedAccessToken {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/**
 * Issues an access token for a session that has just been begun, or found to be live in its row: nothing older, or the
 * revocation feed could have forgotten the session's end before the token's.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068
 */
export async function issueAccessToken(session: ActingClaims, now: Date): Promise<IssuedAccessToken> {
  const { kid, privateKey } = await keyRing().signingKey(now);
  const iat = epochSeconds(now);
  const exp = Math.min(iat + env().ACCESS_TOKEN_TTL, session.abs);
  const { sub, sid, gen, abs, auth_time, aal, amr, method, roles, cv } = session;
  const claims: AccessTokenClaims = {
    ...{ iss: issuer(), aud: audience(), client_id: CLIENT_ID, sub, sid, gen, iat, exp, jti: randomUUID() },
    ...{ abs, auth_time, aal, amr, method, roles, cv },
  };
  return { accessToken: signCompact(claims, kid, privateKey), expiresIn: exp - iat };
}
