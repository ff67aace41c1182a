import type { Page } from "playwright-core";
import type { HttpClient } from "@/attack/http-client";
import type { SessionClaims } from "@/features/session/session-claims";
import { openSessionCookie, sealSessionCookie } from "@/features/session/session-cookie";
import { SESSION_COOKIE } from "./session-cookies";

/**
 * The session cookie of somebody who proved so many seconds earlier who they are, and is the same otherwise: as if the time
 * had passed. The servers of the tests share their secret with the tests.
 */
function ageAuthentication(cookie: string, seconds: number): string {
  return rewrite(cookie, (claims) => ({ auth_time: claims.auth_time - seconds }));
}

function rewrite(cookie: string, change: (claims: SessionClaims) => Partial<SessionClaims>): string {
  const claims = openSessionCookie(cookie, new Date());
  if (!claims) throw new Error("This is no session cookie.");
  return sealSessionCookie({ ...claims, ...change(claims) });
}

/** Does that to the cookie in a client's jar. */
export function ageClient(client: HttpClient, seconds: number): void {
  client.cookies.set(SESSION_COOKIE, ageAuthentication(client.cookies.get(SESSION_COOKIE) ?? "", seconds));
}

/** Does that to the cookie in a browser. */
export async function agePage(page: Page, seconds: number): Promise<void> {
  await rewritePage(page, (cookie) => ageAuthentication(cookie, seconds));
}

/** Makes the session in a browser one of a single factor, as it is where its person trusts the browser. */
export async function lowerPage(page: Page): Promise<void> {
  await rewritePage(page, (cookie) => rewrite(cookie, () => ({ aal: 1, amr: ["pwd"] })));
}

async function rewritePage(page: Page, change: (cookie: string) => string): Promise<void> {
  const cookie = (await page.context().cookies()).find(({ name }) => name === SESSION_COOKIE);
  if (!cookie) throw new Error("Nobody is signed in.");
  await page.context().addCookies([{ ...cookie, value: change(cookie.value) }]);
}
