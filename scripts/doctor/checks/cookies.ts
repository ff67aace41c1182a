import { type Cookie, parseCookie } from "undici";

import { isLoopback } from "@/lib/loopback";
import { defineCheck, type Finding, problem } from "../check";

/** Auth.js sets a cookie on it for everybody, signed in or not. */
const PATH_WITH_COOKIE = "/api/auth/csrf";
const NOT_CHANGED = "Have the proxy pass Set-Cookie on as it is: no proxy_cookie_path, proxy_cookie_domain or the like";

/** Whether browsers keep the cookies that come from there, as RFC 6265bis tells them. */
export const cookies = defineCheck({
  name: "Cookies",
  needs: ["instance"],
  run: async ({ instance: { url, get } }) => {
    const { cookies: lines } = await get(PATH_WITH_COOKIE);
    const [cookie] = lines.map((line) => parseCookie(line)).filter((parsed) => parsed !== null);
    if (cookie) return judge(cookie, url);
    return [problem(`No cookie comes through from ${url.origin}: nobody can sign in.`, NOT_CHANGED)];
  },
});

/** The first reason for which a browser would drop it: the others come of the same. */
function judge(cookie: Cookie, url: URL): Finding[] {
  const { name, secure = false, path, domain } = cookie;
  const isForHttps = secure || /^__(?:Host|Secure)-/.test(name);
  if (isForHttps && url.protocol === "http:" && !isLoopback(url)) {
    const fix = "Have browsers use the https address, where the proxy ends TLS, and lead http there";
    return [problem(`${url.origin} is http, and browsers keep ${name} over https only.`, fix)];
  }
  if (!secure && /^__(?:Host|Secure)-/.test(name)) return [changed(name, "it has lost Secure")];
  if (name.startsWith("__Host-") && domain) return [changed(name, `it has Domain=${domain}`)];
  if (domain && !isWithin(url.hostname, domain)) return [changed(name, `it is for ${domain}, not for ${url.hostname}`)];
  if (path !== undefined && path !== "/") return [changed(name, `it has Path=${path} instead of /`)];
  return [];
}

const changed = (name: string, how: string): Finding =>
  problem(`Something in front has changed the cookie ${name}, so that browsers drop it: ${how}.`, NOT_CHANGED);

/** @see https://www.rfc-editor.org/rfc/rfc6265#section-5.1.3 */
function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
