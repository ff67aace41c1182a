import type { Configuration, JWK, KoaContextWithOIDC } from "oidc-provider";
import { createMemoryAdapter } from "oidc-provider/lib/adapters/memory_adapter.js";

import { pageHeaders, renderNotice, renderPage } from "./page";
import { claimsOf, type Persona } from "./personas";

/** The app that may use the provider. */
export type ClientSettings = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** Told when somebody signs out here (OpenID Connect Back-Channel Logout 1.0). */
  readonly backChannelLogoutUri?: string | undefined;
};

export type ProviderSettings = {
  readonly issuer: string;
  readonly client: ClientSettings;
  /** Private, RS256: what Google signs with. */
  readonly signingKey: JWK;
  readonly cookieKey: string;
  readonly findPersona: (subject: string) => Persona | undefined;
};

const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Their names say whose they are: cookies are shared by all ports of a host, the app's among them. */
export const COOKIE_NAMES = {
  session: "development-identity-provider",
  interaction: "development-identity-provider.interaction",
  resume: "development-identity-provider.resume",
} as const;

/**
 * Everything that oidc-provider asks for. A default that it would print a notice about is answered here, so that
 * it has nothing to say.
 */
export function providerConfiguration(settings: ProviderSettings): Configuration {
  return {
    adapter: createMemoryAdapter(),
    clients: [clientMetadata(settings.client)],
    jwks: { keys: [settings.signingKey] },
    cookies: { names: COOKIE_NAMES, keys: [settings.cookieKey] },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "picture"] },
    // Google puts the claims of the scope into the ID token; the letter of OpenID Connect leaves them to userinfo.
    conformIdTokenClaims: false,
    findAccount: (_context, subject) => {
      const persona = settings.findPersona(subject);
      return persona && { accountId: subject, claims: () => claimsOf(persona, settings.issuer) };
    },
    ...tokenPolicy,
    features: {
      backchannelLogout: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: true, logoutSource: showSignOut, postLogoutSuccessSource: showSignedOut },
    },
    // Its own way of fetching reaches no loopback address, and the app that it tells of a sign-out is on one. It calls nobody else.
    fetch: (url, init) =>
      globalThis.fetch(url, Object.fromEntries(Object.entries(init ?? {}).filter(([name]) => name !== "dispatcher"))),
    clientBasedCORS: () => false,
    renderError: showError,
  };
}

function clientMetadata(client: ClientSettings) {
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: [...client.postLogoutRedirectUris],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code" as const],
    ...(client.backChannelLogoutUri
      ? { backchannel_logout_uri: client.backChannelLogoutUri, backchannel_logout_session_required: true }
      : {}),
  };
}

const tokenPolicy = {
  pkce: { required: () => true },
  scopes: ["openid", "offline_access"],
  // Google's way to ask for a refresh token; OpenID Connect's is `scope=offline_access&prompt=consent`, which is heard as well.
  extraParams: {
    access_type: (context: KoaContextWithOIDC, value: string | undefined) => {
      const { params } = context.oidc;
      if (value !== "offline" || params === undefined) return;
      params["scope"] = [...new Set([...String(params["scope"] ?? "").split(" "), "offline_access"])].join(" ");
    },
  },
  issueRefreshToken: async (_context: unknown, _client: unknown, source: { scopes: Set<string> }) =>
    source.scopes.has("offline_access"),
  // Each refresh token works once; the second use ends the whole grant, so that an app's races show.
  rotateRefreshToken: true,
  expiresWithSession: async () => false,
  ttl: {
    AccessToken: HOUR_SECONDS,
    AuthorizationCode: 60,
    IdToken: HOUR_SECONDS,
    Interaction: HOUR_SECONDS,
    RefreshToken: 14 * DAY_SECONDS,
    Grant: 14 * DAY_SECONDS,
    Session: DAY_SECONDS,
  },
} satisfies Configuration;

function show(context: KoaContextWithOIDC, page: string, formTarget?: string): void {
  context.set(pageHeaders(formTarget));
  context.body = page;
}

async function showSignOut(context: KoaContextWithOIDC, form: string): Promise<void> {
  const target = context.oidc.params?.["post_logout_redirect_uri"];
  const main = `<h1>Sign out here?</h1>
<p>An app asks to end your sign-in at the development identity provider.</p>
${form}
<p><button class="primary" form="op.logoutForm" name="logout" value="yes">Sign out</button></p>
<p><button class="persona" form="op.logoutForm">Stay signed in</button></p>`;
  show(context, renderPage("Sign out", main), typeof target === "string" ? new URL(target).origin : undefined);
}

async function showSignedOut(context: KoaContextWithOIDC): Promise<void> {
  show(context, renderNotice("You are signed out", "You can close this page."));
}

async function showError(context: KoaContextWithOIDC, out: { error: string; error_description?: string | undefined }) {
  show(
    context,
    renderNotice("The app's request was refused", `${out.error}: ${out.error_description ?? "no details"}`),
  );
}
