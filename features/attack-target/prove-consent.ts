import { CHALLENGE_PATTERN, consentProof } from "@/lib/attack-consent";
import { env } from "@/lib/env/env";

/** That this instance's operator agrees to be attacked, and the public origin that the agreement is for. */
export interface Consent {
  readonly origin: string;
  readonly proof: string;
}

/**
 * Proves to the attack kit that the operator agrees.
 *
 * @param challenge - As received, unverified.
 * @returns null unless the operator set `LATCHKEY_ATTACK_TARGET`, and for anything that is no challenge.
 */
export function proveConsent(challenge: unknown): Consent | null {
  const { AUTH_URL, LATCHKEY_ATTACK_TARGET: secret } = env();
  if (!secret || typeof challenge !== "string" || !CHALLENGE_PATTERN.test(challenge)) return null;
  return { origin: AUTH_URL.origin, proof: consentProof(secret, challenge, AUTH_URL.origin) };
}
