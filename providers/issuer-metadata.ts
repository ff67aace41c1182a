import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";
import * as oauth from "oauth4webapi";

import { boundedFetch } from "@/features/provider-token/bounded-fetch";
import { CALL_TIMEOUT_MS, MAX_ANSWER_BYTES } from "@/features/provider-token/policy";
import { isLoopback } from "@/lib/loopback";

/** What an OpenID Connect issuer publishes about itself, as far as it is needed after the sign-in. */
export interface IssuerMetadata {
  readonly issuer: string;
  readonly endSessionEndpoint: URL | null;
  readonly keys: JWTVerifyGetKey;
}

/** As long as a rotated address may go unnoticed; keys are looked up anew whenever an unknown one turns up. */
const KEPT_MS = 10 * 60 * 1000;
const kept = new Map<string, { at: number; metadata: IssuerMetadata }>();

const limited = () =>
  boundedFetch((url, init) => fetch(url, init), {
    maxBytes: MAX_ANSWER_BYTES,
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });

/**
 * Reads an issuer's metadata, within 5 s, or takes what was read a little earlier.
 *
 * @param issuer - As configured: metadata of another one are refused.
 * @throws When it can't be had.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
 */
export async function issuerMetadata(issuer: URL): Promise<IssuerMetadata> {
  const known = kept.get(issuer.href);
  if (known && known.at > performance.now() - KEPT_MS) return known.metadata;
  const response = await oauth.discoveryRequest(issuer, {
    [oauth.customFetch]: limited(),
    [oauth.allowInsecureRequests]: isLoopback(issuer),
  });
  const server = await oauth.processDiscoveryResponse(issuer, response);
  const metadata = {
    issuer: server.issuer,
    endSessionEndpoint: safeAddress(server.end_session_endpoint, issuer),
    keys: keysAt(safeAddress(server.jwks_uri, issuer)),
  };
  kept.set(issuer.href, { at: performance.now(), metadata });
  return metadata;
}

/** An address that a browser or we may be sent to: https, or http on this machine where the issuer is on it too. */
function safeAddress(address: string | undefined, issuer: URL): URL | null {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === "https:" || (isLoopback(url) && isLoopback(issuer)) ? url : null;
}

function keysAt(address: URL | null): JWTVerifyGetKey {
  if (!address) throw new TypeError("The issuer names no usable jwks_uri.");
  return createRemoteJWKSet(address, {
    timeoutDuration: CALL_TIMEOUT_MS,
    [customFetch]: (url, { method, headers }) => limited()(url, { method, headers: Object.fromEntries(headers) }),
  });
}
