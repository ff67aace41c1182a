import { RETENTION_SECONDS } from "@/features/clean-up/retention";
import { addSeconds } from "@/lib/clock";
import { randomToken } from "@/lib/crypto/random-token";
import { type CookieAttributes, hostCookieAttributes, hostCookieName, readCookie } from "@/lib/host-cookie";

const TOKEN = /^[\w-]{43}$/;

/** The cookie by which a browser is recognised at its next sign-in. It opens nothing; it keeps a mail
 * from being sent, and has tries at the password that nobody else can use up. */
export interface KnownDeviceCookie {
  readonly name: string;
  readonly value: string;
  readonly attributes: CookieAttributes;
}

/** The name of that cookie. */
export function knownDeviceCookieName(): string {
  return hostCookieName("latchkey.device");
}

/**
 * What the browser that sends a request is recognised by, unverified: whether an account knows it, `isKnownDevice` says.
 *
 * @returns null when it brings none that could be one.
 */
export function presentedDeviceToken(headers: Headers): string | null {
  const token = readCookie(headers, knownDeviceCookieName());
  return token !== undefined && TOKEN.test(token) ? token : null;
}

/**
 * The cookie to set at a sign-in: the one that the browser has, for another year, or a new one.
 *
 * @param held - What the browser sent, unverified.
 */
export function knownDeviceCookie(held: string | undefined, now: Date): KnownDeviceCookie {
  return {
    name: knownDeviceCookieName(),
    value: held && TOKEN.test(held) ? held : randomToken(),
    attributes: hostCookieAttributes(addSeconds(now, RETENTION_SECONDS.unseenDevices)),
  };
}
