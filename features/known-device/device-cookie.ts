import { RETENTION_SECONDS } from "@/features/clean-up/retention";
import { addSeconds } from "@/lib/clock";
import { randomToken } from "@/lib/crypto/random-token";
import { type CookieAttributes, hostCookieAttributes, hostCookieName } from "@/lib/host-cookie";

const TOKEN = /^[\w-]{43}$/;

/** The cookie by which a browser is recognised at its next sign-in. It opens nothing; it only keeps a mail from being sent. */
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
