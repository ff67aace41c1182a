import { type CookieAttributes, hostCookieAttributes, hostCookieName } from "@/lib/host-cookie";

/** The name of the cookie by which a browser is known as one that somebody trusts. */
export function deviceCookieName(): string {
  return hostCookieName("latchkey.trusted-device");
}

/** How that cookie is set: until the trust ends. */
export function deviceCookieAttributes(expiresAt: Date): CookieAttributes {
  return hostCookieAttributes(expiresAt);
}
