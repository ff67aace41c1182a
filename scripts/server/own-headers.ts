import type { IncomingMessage } from "node:http";

/**
 * Headers by which a client could speak for a proxy, for Next's own parts, or for ours. `X-Forwarded-For` stays: how much of it
 * is believed, TRUSTED_PROXIES says (lib/client-address.ts).
 */
const NOT_FROM_CLIENTS =
  /^(?:forwarded|x-forwarded-(?!for$).*|x-(?:original|rewrite)-.*|x-(?:invoke|middleware|latchkey|now|vercel)-.*|x-nextjs-data|x-matched-path|content-security-policy-report-only)$/;

/** What the door itself says of a request. */
export interface OwnHeaders {
  /** The public origin, from AUTH_URL. */
  readonly site: URL;
  readonly requestId: string;
  /** The page's policy, from which Next takes the nonce for the scripts that it writes; null: there will be no page. */
  readonly policy: string | null;
}

/**
 * Puts in order what a request says of itself: the host that it was sent to is the one in AUTH_URL, whatever `Host` and
 * `X-Forwarded-Host` claim, so that nothing behind the door can build a link or a redirect, allow an action, or ask itself
 * for a page by an address that a client chose.
 */
export function setOwnHeaders(request: IncomingMessage, { site, requestId, policy }: OwnHeaders): void {
  const { headers } = request;
  for (const name of Object.keys(headers)) if (NOT_FROM_CLIENTS.test(name)) delete headers[name];
  headers.host = site.host;
  headers["x-forwarded-host"] = site.host;
  headers["x-forwarded-proto"] = site.protocol.slice(0, -1);
  headers["x-forwarded-port"] = site.port || (site.protocol === "https:" ? "443" : "80");
  headers["x-request-id"] = requestId;
  // Next adds to X-Forwarded-For what nobody said.
  headers["x-latchkey-hops"] = String(entriesOf(headers["x-forwarded-for"]));
  headers["x-latchkey-peer"] = request.socket.remoteAddress ?? "";
  if (policy === null) delete headers["content-security-policy"];
  else headers["content-security-policy"] = policy;
}

function entriesOf(forwardedFor: string | string[] | undefined): number {
  return String(forwardedFor ?? "")
    .split(",")
    .filter((entry) => entry.trim() !== "").length;
}

/**
 * The path and query that a request is for. A proxy may be asked by a whole address (RFC 9112 section 3.2.2), of which the
 * host means nothing here.
 *
 * @returns null when it is neither, or its path is not in UTF-8.
 */
export function targetOf(url: string | undefined): string | null {
  const target = url?.startsWith("/") ? url : pathOfAddress(url ?? "");
  return target !== null && isDecodable(target.split("?")[0] ?? "") ? target : null;
}

function pathOfAddress(address: string): string | null {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null;
  const { pathname, search } = new URL(address);
  return pathname + search;
}

/** `%` and `%ff` stand for no character: routers answer 500 to them, or disagree about what they mean. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
