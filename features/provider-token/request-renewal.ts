import * as oauth from "oauth4webapi";

import { addSeconds } from "@/lib/clock";
import { isLoopback } from "@/lib/loopback";
import { boundedFetch, type Fetch } from "@/lib/outgoing/bounded-fetch";
import { CALL_TIMEOUT_MS, MAX_ANSWER_BYTES } from "./policy";
import type { IssuedTokens } from "./token-set";

/** Who this application is to a provider, and where the provider renews tokens. */
export interface ProviderClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** RFC 7591's names. */
  readonly authenticationMethod: "client_secret_basic" | "client_secret_post";
  /** The issuer, whose metadata say where; or the address itself. */
  readonly endpoint: { readonly issuer: URL } | { readonly url: URL };
  /** For providers whose answers need mending. */
  readonly fetch: Fetch;
  readonly conform: ((answer: Response) => Promise<Response | undefined>) | null;
}

/** What came of asking for new tokens. */
export type RenewalAnswer =
  | { kind: "renewed"; tokens: IssuedTokens }
  /** The refresh token is expired, revoked or used up. No second try will help. */
  | { kind: "refused" }
  /** Anything else, which says nothing about the refresh token. `reason` holds nothing of the answer. */
  | { kind: "unavailable"; reason: string };

/** RFC 6749's own code, and GitHub's. */
const REFUSALS = new Set(["invalid_grant", "bad_refresh_token"]);

/**
 * Exchanges a refresh token, within 5 s. Never throws.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-6
 */
export async function requestRenewal(client: ProviderClient, refreshToken: string, now: Date): Promise<RenewalAnswer> {
  const limits = { maxBytes: MAX_ANSWER_BYTES, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) };
  const fetch = boundedFetch(client.fetch, limits);
  try {
    const server = await authorizationServer(client, fetch);
    const us = { client_id: client.clientId };
    const response = await oauth.refreshTokenGrantRequest(server, us, authentication(client), refreshToken, {
      [oauth.customFetch]: fetch,
      [oauth.allowInsecureRequests]: isLoopback(new URL(server.token_endpoint ?? "")),
    });
    const conformed = (await client.conform?.(response.clone())) ?? response;
    const answer = await oauth.processRefreshTokenResponse(server, us, await tidyAnswer(conformed));
    return { kind: "renewed", tokens: readTokens(answer, now) };
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError && REFUSALS.has(error.error)) return { kind: "refused" };
    return { kind: "unavailable", reason: reasonOf(error) };
  }
}

async function authorizationServer(
  client: ProviderClient,
  fetch: ReturnType<typeof boundedFetch>,
): Promise<oauth.AuthorizationServer> {
  const { endpoint } = client;
  if ("url" in endpoint) return { issuer: endpoint.url.origin, token_endpoint: endpoint.url.href };
  const response = await oauth.discoveryRequest(endpoint.issuer, {
    [oauth.customFetch]: fetch,
    [oauth.allowInsecureRequests]: isLoopback(endpoint.issuer),
  });
  // Refuses metadata of another issuer than the one that was asked (RFC 8414, section 3.3).
  return oauth.processDiscoveryResponse(endpoint.issuer, response);
}

/** As Auth.js authenticates at the sign-in: what works there works here. */
function authentication(client: ProviderClient): oauth.ClientAuth {
  if (client.authenticationMethod === "client_secret_post") return oauth.ClientSecretPost(client.clientSecret);
  const encode = (value: string) => encodeURIComponent(value).replaceAll("%20", "+");
  const credentials = Buffer.from(`${encode(client.clientId)}:${encode(client.clientSecret)}`).toString("base64");
  return (_server, _client, _body, headers) => headers.set("authorization", `Basic ${credentials}`);
}

/**
 * Takes out of an answer what would be a reason to drop it, and with it the rotated refresh token: an ID token, which is of
 * no use here, and members that are null. An error that comes with status 200, as GitHub's do, becomes an error.
 */
async function tidyAnswer(answer: Response): Promise<Response> {
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => null);
  if (typeof body !== "object" || body === null) return answer;
  const members = Object.entries(body).filter(([name, value]) => name !== "id_token" && value !== null);
  const tidy = Object.fromEntries(members);
  const isError = typeof tidy["error"] === "string" && tidy["access_token"] === undefined;
  return Response.json(tidy, { status: isError && answer.status === 200 ? 400 : answer.status });
}

function readTokens(answer: oauth.TokenEndpointResponse, now: Date): IssuedTokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? null,
    scope: answer.scope ?? null,
    tokenType: answer.token_type,
    expiresAt: answer.expires_in === undefined ? null : addSeconds(now, answer.expires_in),
  };
}

/** The kind of error alone: the rest may quote the answer, and with it a token. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? `${error.name} ${code}` : error.name;
}
