import { CLOCK_TOLERANCE_SECONDS } from "@/features/session/policy";
import { env } from "@/lib/env/env";

/** ECDSA on P-256 with SHA-256: in every JWT library, and ten times quicker to sign with than RSA. RFC 7518 section 3.4. */
export const SIGNING_ALGORITHM = "ES256";

/** How long a key signs before its successor does: 90 days. */
export const SIGNING_LIFETIME_SECONDS = 90 * 24 * 60 * 60;

/** How long whoever fetched the JWKS may keep it. */
export const JWKS_CACHE_SECONDS = 5 * 60;

/** An instance looks at the keys this often: so long may it go on with what another instance has changed. */
export const KEY_RING_MAX_AGE_SECONDS = 30;

/** How long a successor is published before it signs: nobody who fetched the JWKS in time meets a key that they don't know. */
export function publicationLeadSeconds(): number {
  return JWKS_CACHE_SECONDS + env().ACCESS_TOKEN_TTL + KEY_RING_MAX_AGE_SECONDS;
}

/** How long a key stays published after its last signature: until all that it signed has expired everywhere. */
export function retirementSeconds(): number {
  return KEY_RING_MAX_AGE_SECONDS + env().ACCESS_TOKEN_TTL + CLOCK_TOLERANCE_SECONDS + JWKS_CACHE_SECONDS;
}
