import type { IncomingHttpHeaders } from "node:http";

import { isApi } from "@/lib/door";

/** What the guard looks at. */
export interface GuardedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** What it holds a request against. */
export interface OwnSite {
  /** The public origin, from AUTH_URL: no header decides what is ours. */
  readonly origin: string;
  /** Paths that a provider's page has the browser post a form to, and its origins. */
  readonly formPosts: ReadonlyMap<string, readonly string[]>;
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
const OWN_SITES = new Set(["same-origin", "none"]);

/**
 * Whether another site's page made a browser send this: the one guard against it, in front of pages, server actions, the
 * API, Auth.js, and whatever is added to them.
 *
 * A method that changes something (CSRF): browsers put `Origin` on every one, and `Sec-Fetch-Site` on every request to a
 * trustworthy origin. One with neither is no browser's, and goes on to authentication; not so with a cookie, which only
 * browsers have any business with, nor to a page, whose forms only browsers send: else an old one could be made to sign in
 * as somebody else.
 *
 * A method that only reads: other sites may lead a browser here, and neither frame, embed nor fetch anything.
 *
 * @see https://www.w3.org/TR/fetch-metadata/ and https://www.rfc-editor.org/rfc/rfc6454#section-7 for `Origin: null`
 */
export function isCrossOrigin(request: GuardedRequest, own: OwnSite): boolean {
  return SAFE_METHODS.has(request.method) ? isEmbedded(request) : !isFromOwnPage(request, own);
}

function isFromOwnPage({ path, headers }: GuardedRequest, own: OwnSite): boolean {
  const { origin, referer, cookie } = headers;
  const site = headers["sec-fetch-site"];
  if (origin !== undefined) return origin === own.origin || own.formPosts.get(path)?.includes(origin) === true;
  if (site !== undefined) return OWN_SITES.has(String(site));
  if (referer !== undefined && originOf(referer) !== own.origin) return false;
  return cookie === undefined && isApi(path);
}

function isEmbedded({ method, headers }: GuardedRequest): boolean {
  const site = headers["sec-fetch-site"];
  if (site === undefined || OWN_SITES.has(String(site))) return false;
  const leadsHere = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  return method === "OPTIONS" || !leadsHere;
}

const originOf = (address: string) => (URL.canParse(address) ? new URL(address).origin : null);
