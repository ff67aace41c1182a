import { customFetch } from "next-auth";
import type { Provider } from "next-auth/providers";

import type { ProviderClient } from "@/features/provider-token/request-renewal";
import { Failure } from "@/lib/failure";

/** What Auth.js's providers say about renewing tokens, in their defaults and in their `options`, which win. */
interface Settings {
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly issuer?: string;
  readonly token?:
    | string
    | { url?: string; conform?: (answer: Response) => Promise<Response | undefined>; params?: Record<string, unknown> };
  readonly client?: { token_endpoint_auth_method?: string };
  readonly [customFetch]?: typeof fetch;
}

/**
 * How to renew a provider's tokens: with the same address, client and workarounds as at the sign-in.
 *
 * @throws Failure `provider_not_renewable` when it authenticates clients in a way that is not known here.
 */
export function providerClient(provider: Exclude<Provider, () => unknown>): ProviderClient {
  const { options = {}, ...defaults } = provider as Settings & { options?: Settings };
  const settings: Settings = { ...defaults, ...options };
  const { clientId, clientSecret, issuer, client } = settings;
  const token = { ...asObject(defaults.token), ...asObject(options.token) };
  const authenticationMethod = client?.token_endpoint_auth_method ?? "client_secret_basic";
  const known = authenticationMethod === "client_secret_basic" || authenticationMethod === "client_secret_post";
  const endpoint = token.url ? { url: withParams(token.url, token.params) } : issuer && { issuer: new URL(issuer) };
  if (!clientId || !clientSecret || !endpoint || !known) {
    throw new Failure("provider_not_renewable", `Tokens of ${provider.id} can't be renewed with its configuration.`);
  }
  return {
    ...{ clientId, clientSecret, authenticationMethod, endpoint },
    conform: token.conform ?? null,
    fetch: settings[customFetch] ?? ((url, init) => fetch(url, init)),
  };
}

function asObject(token: Settings["token"]) {
  return typeof token === "string" ? { url: token } : (token ?? {});
}

function withParams(address: string, params: Record<string, unknown> = {}): URL {
  const url = new URL(address);
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value));
  return url;
}
