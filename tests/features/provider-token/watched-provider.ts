import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import type { ProviderClient } from "@/features/provider-token/request-renewal";
import { listenOnLoopback } from "@/scripts/development/identity-provider/listen-on-loopback";
import { identityProviderHandler } from "@/scripts/development/identity-provider/request-handler";
import { CLIENT } from "../../scripts/development/relying-party";

/** A real OpenID Connect server that rotates its refresh tokens, with somebody in front who counts and can interfere. */
export interface WatchedProvider {
  readonly issuer: string;
  /** How often the token endpoint was called since the last `forget`. */
  tokenCalls(): number;
  forget(): void;
  /** Answers the next calls of these paths instead of the provider, until `forget`. */
  interfere(answer: RequestListener, path?: string): void;
  close(): Promise<void>;
}

export async function startWatchedProvider(): Promise<WatchedProvider> {
  const loopback = await listenOnLoopback(0);
  const issuer = `http://localhost:${loopback.port}`;
  const answer = await identityProviderHandler(issuer, { ...CLIENT, postLogoutRedirectUris: [] });
  let calls = 0;
  const instead = new Map<string, RequestListener>();
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "";
    if (path === "/token") calls += 1;
    (instead.get(path) ?? answer)(request, response);
  };
  for (const server of loopback.servers) server.on("request", listener);
  return {
    issuer,
    tokenCalls: () => calls,
    forget: () => {
      calls = 0;
      instead.clear();
    },
    interfere: (listen, path = "/token") => instead.set(path, listen),
    close: loopback.close,
  };
}

/** This application, as a client of that provider. */
export function clientOf(issuer: string): ProviderClient {
  const { clientId, clientSecret } = CLIENT;
  return {
    ...{ clientId, clientSecret, authenticationMethod: "client_secret_basic", conform: null },
    endpoint: { issuer: new URL(issuer) },
    fetch: (url, init) => fetch(url, init),
  };
}
