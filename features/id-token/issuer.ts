import { setTimeout as pause } from "node:timers/promises";
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import * as oauth from "oauth4webapi";

import { Failure } from "@/lib/failure";
import { isLoopback } from "@/lib/loopback";
import type { RequestOptions } from "@/lib/outgoing/bounded-fetch";
import { KEYS_COOL_DOWN_MS, KEYS_MAX_AGE_MS, MAX_ISSUERS } from "./policy";

/** What an OpenID Connect issuer publishes about itself, as far as it is needed here. */
interface Issuer {
  /** As its tokens have to put it, letter by letter. */
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  /** Where a browser is sent to sign out there too. */
  readonly endSessionEndpoint: URL | null;
}

type IssuerFetch = (url: string, options?: RequestOptions) => Promise<Response>;

const known = new Map<string, { at: number; issuer: Promise<Issuer> }>();

/**
 * An issuer with its keys, from its metadata. Asks at most once in 10 minutes, and once more where a key is unknown.
 *
 * @param fetch - Has to be bounded. It also answers for whether the addresses of the metadata may be called.
 * @throws Failure `issuer_metadata_refused`, or what the fetch throws.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
 */
export function findIssuer(issuer: URL, fetch: IssuerFetch): Promise<Issuer> {
  const found = known.get(issuer.href);
  if (found && performance.now() < found.at + KEYS_MAX_AGE_MS) return found.issuer;
  const asked = { at: performance.now(), issuer: discover(issuer, fetch) };
  known.delete(issuer.href);
  known.set(issuer.href, asked);
  asked.issuer.catch(() => known.get(issuer.href) === asked && known.delete(issuer.href));
  const [oldest] = known.keys();
  if (known.size > MAX_ISSUERS && oldest !== undefined) known.delete(oldest);
  return asked.issuer;
}

async function discover(issuer: URL, fetch: IssuerFetch): Promise<Issuer> {
  const response = await oauth.discoveryRequest(issuer, {
    [oauth.customFetch]: fetch,
    [oauth.allowInsecureRequests]: isLoopback(issuer),
  });
  // Refuses metadata of another issuer than the one that was asked.
  const metadata = await oauth.processDiscoveryResponse(issuer, response);
  if (!metadata.jwks_uri) throw new Failure("issuer_metadata_refused", "The issuer's metadata name no keys.");
  return {
    issuer: metadata.issuer,
    keys: keysAt(new URL(metadata.jwks_uri), fetch),
    endSessionEndpoint: metadata.end_session_endpoint ? new URL(metadata.end_session_endpoint) : null,
  };
}

/** Rotation: a key that nobody has heard of is asked for, after the cool-down if need be, rather than refused at once. */
function keysAt(url: URL, fetch: IssuerFetch): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(url, {
    cacheMaxAge: KEYS_MAX_AGE_MS,
    cooldownDuration: KEYS_COOL_DOWN_MS,
    [customFetch]: fetch,
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !keys.coolingDown) throw error;
      await pause(KEYS_COOL_DOWN_MS);
      return await keys(header, token);
    }
  };
}
