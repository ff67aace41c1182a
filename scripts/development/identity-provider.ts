import { listenOnLoopback } from "./identity-provider/listen-on-loopback";
import { identityProviderHandler } from "./identity-provider/request-handler";

export type IdentityProviderOptions = {
  /** 0 for any that is free. */
  readonly port: number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where an answer may be sent; compared exactly. */
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[];
  /** Told when somebody signs out at the provider. */
  readonly backChannelLogoutUri?: string;
};

export type RunningIdentityProvider = { readonly issuer: string; close(): Promise<void> };

/**
 * Starts a real OpenID Connect server on this machine, with people to choose from instead of passwords, so that
 * signing in with Google can be tried offline and in tests.
 *
 * It reaches no network, keeps everything in memory and listens on loopback only.
 *
 * @throws The system's error when the port is taken, or oidc-provider's when a URI can't be registered.
 * @see https://openid.net/specs/openid-connect-core-1_0.html
 */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<RunningIdentityProvider> {
  const loopback = await listenOnLoopback(options.port);
  const issuer = `http://localhost:${loopback.port}`;
  try {
    const handler = await identityProviderHandler(issuer, {
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      redirectUris: options.redirectUris,
      postLogoutRedirectUris: options.postLogoutRedirectUris ?? [],
      backChannelLogoutUri: options.backChannelLogoutUri,
    });
    for (const server of loopback.servers) server.on("request", handler);
  } catch (error) {
    await loopback.close();
    throw error;
  }
  return { issuer, close: loopback.close };
}
