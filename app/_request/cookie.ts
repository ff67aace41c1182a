import type { CookieAttributes } from "@/lib/host-cookie";

/**
 * The value of a cookie, by its exact name.
 *
 * Of two with one name the last counts, as it does for Next's own `cookies()`: else a page and an API route would take one
 * request for two people's. It is the one with the shorter path: ours, not what a page somewhere below planted.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-5.4
 */
export function readCookie(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.split("="));
  const [, ...value] = pairs.findLast(([key]) => key?.trim() === name) ?? [];
  return value.length > 0 ? value.join("=").trim() : undefined;
}

/** A Set-Cookie value. Name and value are ours and need no quoting. */
export function serializeCookie(name: string, value: string, attributes: CookieAttributes): string {
  const { path, expires, httpOnly, secure, sameSite } = attributes;
  return [
    `${name}=${value}`,
    `Path=${path}`,
    ...(expires ? [`Expires=${expires.toUTCString()}`] : []),
    ...(httpOnly ? ["HttpOnly"] : []),
    ...(secure ? ["Secure"] : []),
    `SameSite=${sameSite === "lax" ? "Lax" : sameSite}`,
  ].join("; ");
}
