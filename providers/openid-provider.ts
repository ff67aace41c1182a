import { configuredProvider } from "./configured-provider";

/** An OpenID Connect provider that the environment enables. */
export interface OpenIdProvider {
  readonly issuer: URL;
  readonly clientId: string;
}

/** The provider of this id; null when it is none of ours, or doesn't speak OpenID Connect. */
export async function openIdProvider(providerId: string): Promise<OpenIdProvider | null> {
  const provider = await configuredProvider(providerId);
  if (provider?.type !== "oidc") return null;
  const { issuer, clientId } = { ...provider, ...provider.options } as { issuer?: string; clientId?: string };
  return issuer && clientId ? { issuer: new URL(issuer), clientId } : null;
}
