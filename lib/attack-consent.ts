import { createHmac, timingSafeEqual } from "node:crypto";

/** 256 random bits as base64url: fresh for every run, so that an answer can't be kept for another. */
export const CHALLENGE_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** Where a target is asked whether it is one: the challenge is the last part of the path. */
export const CONSENT_PATH = "/.well-known/latchkey-attack-target";

/**
 * What only somebody who knows the secret can answer to a challenge: the operator of the target agrees to be attacked.
 *
 * The public origin is part of it, so that a staging system's agreement is not one for another system behind the same name.
 *
 * @param secret - `LATCHKEY_ATTACK_TARGET`, as operator and attacker agreed on it.
 * @param origin - The target's `AUTH_URL`, as an origin.
 */
export function consentProof(secret: string, challenge: string, origin: string): string {
  return createHmac("sha256", secret).update(`latchkey-attack-target\n${origin}\n${challenge}`).digest("base64url");
}

/** Whether a proof is the one, compared in a time that tells nothing. */
export function isConsentProof(proof: string, expected: string): boolean {
  const [a, b] = [Buffer.from(proof), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
