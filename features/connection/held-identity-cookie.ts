import { addSeconds } from "@/lib/clock";
import { type CookieAttributes, hostCookieAttributes, hostCookieName } from "@/lib/host-cookie";
import { CONNECTION_REQUEST_LIFETIME_SECONDS } from "./policy";

/** The cookie of a browser whose identity is kept (`holdIdentity`). It signs nobody in. */
export function heldIdentityCookieName(): string {
  return hostCookieName("latchkey.held-identity");
}

/** How it is set: for as long as the identity is kept. */
export function heldIdentityCookieAttributes(now: Date): CookieAttributes {
  return hostCookieAttributes(addSeconds(now, CONNECTION_REQUEST_LIFETIME_SECONDS));
}
