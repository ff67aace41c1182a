const HOME = "/dashboard";
const MAX_LENGTH = 2048;
/** A name that no site has: what resolves to another origin than this leads away. */
const NOWHERE = "http://latchkey.invalid";
/** Browsers drop tabs and line breaks from addresses, and read a backslash as a slash. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const TREACHEROUS = /[\u0000-\u0020\u007f\\]/;

/**
 * A path of this site, whatever was asked for. Check again at each use, wherever the value was kept meanwhile.
 *
 * @param value - As received, unverified: a form field, a query parameter, a cookie.
 * @param origin - The public origin: an absolute address that begins with it is cut to its path.
 * @returns The path with query and fragment; `/dashboard` for anything that could lead away.
 */
export function safeSitePath(value: unknown, origin?: string): string {
  if (typeof value !== "string" || value.length > MAX_LENGTH || TREACHEROUS.test(value)) return HOME;
  const path = origin && value.startsWith(`${origin}/`) ? value.slice(origin.length) : value;
  if (!path.startsWith("/") || path.startsWith("//") || !URL.canParse(path, NOWHERE)) return HOME;
  const url = new URL(path, NOWHERE);
  if (url.origin !== NOWHERE || url.pathname.startsWith("//")) return HOME;
  return url.pathname + url.search + url.hash;
}

/** Where to go after signing in: as `safeSitePath`, but never back to signing in, and never to an API's answer. */
export function safeCallbackPath(value: unknown, origin?: string): string {
  const path = safeSitePath(value, origin);
  return /^\/(?:sign-in|sign-up|second-factor|auth-error|api)(?:[/?#]|$)/.test(path) ? HOME : path;
}
