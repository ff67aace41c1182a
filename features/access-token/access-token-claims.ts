import * as z from "zod";

import { type SessionClaims, SessionClaimsSchema } from "@/features/session/session-claims";

/**
 * What is known of whoever acts, whether they came with a session cookie or with an access token. No name, no address:
 * tokens travel to other services, into their logs and their crash reports.
 */
export type ActingClaims = Pick<
  SessionClaims,
  "sub" | "sid" | "gen" | "abs" | "auth_time" | "aal" | "amr" | "method" | "roles" | "cv"
>;

/**
 * What an access token says. `gen`, `abs`, `aal`, `method` and `cv` mean what they do in the session cookie.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-2.2
 */
export const AccessTokenClaimsSchema = SessionClaimsSchema.pick({
  sub: true,
  sid: true,
  gen: true,
  abs: true,
  auth_time: true,
  aal: true,
  amr: true,
  method: true,
  roles: true,
  cv: true,
  iat: true,
  exp: true,
}).extend({
  iss: z.string(),
  aud: z.string(),
  client_id: z.string(),
  jti: z.string(),
});

export type AccessTokenClaims = z.output<typeof AccessTokenClaimsSchema>;
