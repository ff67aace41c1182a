import type { CookieAttributes } from "@/lib/host-cookie";

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
