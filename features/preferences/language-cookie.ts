import { addSeconds } from "@/lib/clock";
import { type CookieAttributes, hostCookieAttributes, hostCookieName } from "@/lib/host-cookie";

/** As long as browsers are known; each choice begins it anew. */
const LANGUAGE_COOKIE_LIFETIME_SECONDS = 365 * 24 * 60 * 60;

/** The name of the cookie that says which language somebody chose in the footer: one of `LANGUAGES`, and nothing else. */
export function languageCookieName(): string {
  return hostCookieName("latchkey.language");
}

/** How it is set. */
export function languageCookieAttributes(now: Date): CookieAttributes {
  return hostCookieAttributes(addSeconds(now, LANGUAGE_COOKIE_LIFETIME_SECONDS));
}
