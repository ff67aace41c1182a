import {
  type CookieAttributes,
  expiredCookieAttributes,
  hostCookieAttributes,
  hostCookieName,
} from "@/lib/host-cookie";

/** The name of the cookie that ties a mailed link to the browser that asked for it. */
export function magicLinkCookieName(): string {
  return hostCookieName("latchkey.magic-link");
}

/** How that cookie is set: until the link expires, or taken away. */
export function magicLinkCookieAttributes(expiresAt: Date | null): CookieAttributes {
  return expiresAt ? hostCookieAttributes(expiresAt) : expiredCookieAttributes();
}
