import { env } from "@/lib/env/env";

/** The attributes of a cookie, as Next's and Auth.js's cookie stores take them. */
export interface CookieAttributes {
  readonly httpOnly: true;
  readonly sameSite: "lax";
  readonly path: "/";
  readonly secure: boolean;
  readonly expires?: Date;
}

const isSecure = () => env().AUTH_URL.protocol === "https:";

/**
 * A cookie's name as browsers are to know it. Over https its prefix makes them refuse one that a sibling host or a plain http
 * page set.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2
 */
export function hostCookieName(name: string): string {
  return isSecure() ? `__Host-${name}` : name;
}

/**
 * How a cookie of ours is set: for the server alone, and sent along when somebody follows a link here.
 *
 * @param expires - null: when the browser closes.
 */
export function hostCookieAttributes(expires: Date | null): CookieAttributes {
  const base = { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const;
  return expires ? { ...base, expires } : base;
}

/** How a cookie is taken away. */
export function expiredCookieAttributes(): CookieAttributes {
  return hostCookieAttributes(new Date(0));
}

/**
 * The value of a cookie, by its exact name.
 *
 * Of two with one name the last counts, as it does for Next's own `cookies()`: else a page and an API route would take one
 * request for two people's. It is the one with the shorter path: ours, not what a page somewhere below planted.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-5.4
 */
export function readCookie(headers: Headers, name: string): string | undefined {
  return cookieIn(headers.get("cookie") ?? "", name);
}

/** The same, of a `Cookie` header by itself. */
export function cookieIn(header: string, name: string): string | undefined {
  const pairs = header.split(";").map((pair) => pair.split("="));
  const [, ...value] = pairs.findLast(([key]) => key?.trim() === name) ?? [];
  return value.length > 0 ? value.join("=").trim() : undefined;
}
