import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

import { epochSeconds } from "@/lib/clock";

const SCHEME = "Latchkey-Doctor";
const KEY_BYTES = 32;

/** A clock that is off by less than this shall not keep `npm run doctor` from seeing what else is wrong. */
const MAX_AGE_SECONDS = 10 * 60;

/**
 * The `Authorization` header by which `npm run doctor` shows an instance that it has the same configuration. Neither tells
 * the secret nor serves for anything else.
 *
 * @param secret - One of `AUTH_SECRET`.
 */
export function doctorCredentials(secret: string, at: Date): string {
  const time = String(epochSeconds(at));
  return `${SCHEME} ${time}.${proof(secret, time)}`;
}

/**
 * Whether the header is one of the last ten minutes, by somebody who knows one of the secrets.
 *
 * @param authorization - As received, unverified.
 */
export function areDoctorCredentials(
  authorization: string | null,
  secrets: readonly string[],
  now: Date,
): authorization is string {
  const [, time, sent] = /^Latchkey-Doctor (\d{1,12})\.([\w-]{43})$/.exec(authorization ?? "") ?? [];
  if (time === undefined || sent === undefined) return false;
  if (Math.abs(epochSeconds(now) - Number(time)) > MAX_AGE_SECONDS) return false;
  return secrets.some((secret) => timingSafeEqual(Buffer.from(proof(secret, time)), Buffer.from(sent)));
}

function proof(secret: string, time: string): string {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "latchkey doctor", KEY_BYTES));
  return createHmac("sha256", key).update(time).digest("base64url");
}
