import type { Provider } from "next-auth/providers";

/** Parameters of an authorization request, such as `scope`. They replace a provider's own of the same name. */
export type AuthorizationParameters = Readonly<Record<string, string>>;

/**
 * What to ask of a provider beyond who somebody is, by the provider's id. Nothing, unless the product calls its APIs: a
 * token that nobody needs can only be stolen. docs/provider-tokens.md shows what goes in here.
 */
export const REQUESTED_ACCESS: Readonly<Record<string, AuthorizationParameters>> = {};

type Configured = Exclude<Provider, () => unknown>;
type Endpoint = { url?: string; params?: Record<string, unknown> };

/** The provider, asking for more. Changes nothing else about its authorization request. */
export function requestAccess(provider: Configured, parameters: AuthorizationParameters): Configured {
  const { authorization: preset } = provider as { authorization?: string | Endpoint };
  const { authorization: chosen } = (provider.options ?? {}) as { authorization?: string | Endpoint };
  // Auth.js merges objects, but not an object into an address: both become objects first.
  const [before, over] = [asEndpoint(preset), asEndpoint(chosen)];
  const authorization = { ...before, ...over, params: { ...before.params, ...over.params, ...parameters } };
  return { ...provider, options: { ...provider.options, authorization } } as Configured;
}

function asEndpoint(value: string | Endpoint | undefined): Endpoint {
  return typeof value === "string" ? { url: value } : (value ?? {});
}
