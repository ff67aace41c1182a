import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { isIP } from "node:net";
import { buildConnector } from "undici";

import { Failure } from "@/lib/failure";
import { isPublicAddress } from "./public-address";

/** How a name is looked up: `dns.lookup`, asked for all addresses. */
export type Resolve = (
  hostname: string,
  options: { all: true; family?: number; hints?: number },
  callback: (error: Error | null, addresses: { address: string; family: number }[]) => void,
) => void;

/**
 * Connects to addresses on the internet only, whatever name leads there.
 *
 * The addresses that were looked at are the ones that are connected to: the name is not resolved a second time in between, so
 * that a name server which answers differently each time (DNS rebinding) gains nothing.
 *
 * @param resolve - The system's own way.
 */
export function publicConnection(timeoutMs: number, resolve: Resolve = lookup as Resolve): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, lookup: publicLookup(resolve) });
  return (options, callback) => {
    // An address in the URL itself is never looked up.
    const host = options.hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) !== 0 && !isPublicAddress(host)) callback(notPublic(), null);
    else connect(options, callback);
  };
}

function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, { family, hints, all }, callback) => {
    const numeric = family === "IPv4" ? 4 : family === "IPv6" ? 6 : (family ?? 0);
    resolve(hostname, { all: true, family: numeric, ...(hints === undefined ? {} : { hints }) }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? notPublic(), "");
      // One bad address among good ones is somebody's attempt, not a mistake.
      if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(notPublic(), "");
      return all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

function notPublic(): Failure {
  return new Failure("outgoing_address_refused", "The name or address leads to this machine or its own network.");
}
