import type { CookieAttributes } from "@/features/session/session-cookie";

/**
 * The value of a cookie, by its exact name. Of two with one name the first counts, which is the one with the longer path.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-5.4
 */
export function readCookie(headers: Headers, name: string): string | undefined {
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const [key, ...value] = pair.split("=");
    if (key?.trim() === name) return value.join("=").trim();
  }
  return undefined;
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
