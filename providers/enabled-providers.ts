import type { Provider } from "next-auth/providers";

import { env } from "@/lib/env/env";
import type { ProviderSettings } from "@/lib/env/providers";
import { PROVIDER_CATALOGUE } from "./catalogue";
import { hardenProvider } from "./harden-provider";
import { REQUESTED_ACCESS, requestAccess } from "./requested-access";

/** A provider as the sign-in page shows it. */
export interface EnabledProvider {
  readonly id: string;
  readonly name: string;
  /** True: the development identity provider stands in for it. */
  readonly development: boolean;
}

let configured: Promise<Exclude<Provider, () => unknown>[]> | undefined;

/** Auth.js's configuration of each OAuth and OpenID Connect provider that the environment enables. */
export function configuredProviders(): Promise<Exclude<Provider, () => unknown>[]> {
  configured ??= Promise.all(env().providers.map(configureWithAccess));
  return configured;
}

async function configureWithAccess(settings: ProviderSettings): Promise<Exclude<Provider, () => unknown>> {
  const provider = hardenProvider(await configure(settings));
  const parameters = REQUESTED_ACCESS[settings.id];
  return parameters ? requestAccess(provider, parameters) : provider;
}

/** The same, as the sign-in page needs it. */
export async function enabledProviders(): Promise<EnabledProvider[]> {
  const standIn = env().LATCHKEY_DEV_IDENTITY_PROVIDER?.href.replace(/\/$/, "");
  const providers = await configuredProviders();
  return providers.map(({ id, name, options }) => ({
    id: (options?.["id"] as string | undefined) ?? id,
    name: (options?.["name"] as string | undefined) ?? name,
    development: standIn !== undefined && (options?.["issuer"] as string | undefined) === standIn,
  }));
}

async function configure(settings: ProviderSettings): Promise<Exclude<Provider, () => unknown>> {
  const { clientId, clientSecret, issuer } = settings;
  if (settings.kind === "oidc") {
    const options = { clientId, clientSecret, issuer: settings.issuer };
    return {
      id: settings.id,
      name: settings.label,
      type: "oidc",
      checks: ["pkce", "state", "nonce"],
      ...options,
      options,
    };
  }
  const { default: make } = await PROVIDER_CATALOGUE[settings.id]();
  const provider = make({ clientId, clientSecret, ...(issuer ? { issuer } : {}) } as never);
  if (typeof provider === "function") throw new TypeError(`${settings.id} is not a provider that can be configured.`);
  // One calls itself otherwise than Auth.js's list does, and the address to register follows from the id.
  provider.id = settings.id;
  // Providers that know better than the defaults say so; OpenID Connect ones can do all three.
  if (provider.type === "oidc" && !("checks" in provider))
    Object.assign(provider, { checks: ["pkce", "state", "nonce"] });
  return provider;
}
