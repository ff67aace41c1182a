import { Secret, TOTP } from "otpauth";

import { brand } from "@/brand";
import { CODE_DIGITS, SECRET_BYTES, STEP_SECONDS, WINDOW_STEPS } from "./policy";

const CODE = new RegExp(`^[0-9]{${CODE_DIGITS}}$`);

/** A new secret in base32, as authenticator apps take it. */
export function newSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/**
 * What the QR code says.
 *
 * @param account - By which the person tells this entry of the app from others.
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function keyUri(secret: string, account: string): string {
  return totpOf(secret, account).toString();
}

/**
 * The time step whose code this is: the current one or a neighbour, seconds since 1970 divided by 30.
 *
 * @param code - As typed, unverified.
 * @returns null when it is the code of none of them.
 * @see https://www.rfc-editor.org/rfc/rfc6238#section-4
 */
export function matchingStep(secret: string, code: string, now: Date): number | null {
  // The library compares bytes, and throws at digits of another script.
  if (!CODE.test(code)) return null;
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window: WINDOW_STEPS });
  return delta === null ? null : TOTP.counter({ period: STEP_SECONDS, timestamp }) + delta;
}

function totpOf(secret: string, label?: string): TOTP {
  // SHA-1 is what apps compute with, some whatever the URI says; as an HMAC it is sound.
  const algorithm = "SHA1";
  const parameters = { issuer: brand.name, algorithm, digits: CODE_DIGITS, period: STEP_SECONDS, secret };
  return new TOTP(label === undefined ? parameters : { ...parameters, label });
}
