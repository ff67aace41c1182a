import { env } from "@/lib/env/env";

/** RFC 9068 section 2.1: what no ID token and no other JWT of anybody's is. */
export const ACCESS_TOKEN_TYPE = "at+jwt";

/** RFC 9068 asks for a client; the application and its API are one. */
export const CLIENT_ID = "latchkey";

/** Several times what a token with many roles takes. Longer input isn't even decoded. */
export const MAX_ACCESS_TOKEN_LENGTH = 4_096;

/** `iss`: who issues, as RFC 8414 writes issuers. */
export function issuer(): string {
  return env().AUTH_URL.origin;
}

/**
 * `aud`: who the tokens are for. This application and the services behind it are one audience; a service that should not
 * be able to use what another one was sent needs an audience of its own.
 */
export function audience(): string {
  return env().AUTH_URL.origin;
}
