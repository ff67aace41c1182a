import { env } from "@/lib/env/env";

/**
 * The address of a page where somebody has to do something first, such as sign in, and from which they come back.
 *
 * @param pathname - Of that page.
 * @param back - The path and query to come back to. It travels along; the page that leads back checks again that it leads nowhere else.
 */
export function addressOnTheWay(pathname: "/sign-in" | "/re-authenticate", back: string): URL {
  const target = new URL(pathname, env().AUTH_URL);
  target.searchParams.set("callbackUrl", back);
  return target;
}
