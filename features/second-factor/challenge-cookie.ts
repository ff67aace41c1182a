import {
  type CookieAttributes,
  expiredCookieAttributes,
  hostCookieAttributes,
  hostCookieName,
} from "@/lib/host-cookie";

/** The name of the cookie that ties a sign-in waiting for its second factor to the browser that began it. */
export function challengeCookieName(): string {
  return hostCookieName("latchkey.sign-in-challenge");
}

/** How that cookie is set: until the challenge expires, or taken away. */
export function challengeCookieAttributes(expiresAt: Date | null): CookieAttributes {
  return expiresAt ? hostCookieAttributes(expiresAt) : expiredCookieAttributes();
}
