import { isIPv4, isIPv6 } from "node:net";

/** The server in front sets it on every request, over whatever a client sent. */
const PEER_HEADER = "x-latchkey-peer";

/**
 * The address that a request came from, in one spelling.
 *
 * `X-Forwarded-For` grows to the right: each proxy adds who it got the request from. The client can have written all that
 * stands left of what our own proxies added, so it is counted from the right, and ignored where there is no proxy.
 *
 * @param trustedProxies - How many proxies of our own a request passes (`TRUSTED_PROXIES`).
 * @param socketAddress - Who the connection is from, where the caller has the socket.
 * @returns null when there is none, or none that can be believed: treat all such requests as one client.
 */
export function clientAddress(headers: Headers, trustedProxies: number, socketAddress?: string): string | null {
  const forwarded = trustedProxies > 0 ? headers.get("x-forwarded-for") : null;
  if (forwarded === null) return normalizeAddress(socketAddress ?? headers.get(PEER_HEADER) ?? "");
  const hops = forwarded.split(",");
  // Fewer entries than proxies: it came in past the outer ones, and the first entry is what an inner one saw.
  return normalizeAddress(hops[Math.max(hops.length - trustedProxies, 0)] ?? "");
}

/** IPv4 in four decimals, also where IPv6 wraps it; IPv6 as RFC 5952 writes it, without zone. Ports are left out. */
function normalizeAddress(text: string): string | null {
  const address = withoutPort(text.trim());
  if (isIPv4(address)) return address;
  const [withoutZone = ""] = address.split("%");
  if (!isIPv6(withoutZone)) return null;
  const canonical = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1);
  return unwrapIPv4(canonical) ?? canonical;
}

/** Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  const [, inBrackets, beforePort] = /^(?:\[([^\]]*)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/.exec(address) ?? [];
  return inBrackets ?? beforePort ?? address;
}

/** `::ffff:c000:201` is 192.0.2.1, RFC 4291 section 2.5.5.2. */
function unwrapIPv4(address: string): string | null {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return null;
  const bytes = [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]);
  return bytes.join(".");
}
