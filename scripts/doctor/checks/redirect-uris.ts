import { randomBytes } from "node:crypto";
import type { AuthorizationServer } from "oauth4webapi";

import { defineCheck, type Finding, NO_PROVIDER } from "../check";
import { ask } from "../instance";
import { callerFor, type ExaminedProvider, examineProvider, readIssuer } from "../issuer";

/** Whether each provider knows the address that it is to send people back to. */
export const redirectUris = defineCheck({
  name: "Redirect URIs",
  needs: ["AUTH_URL", "providers"],
  run: async ({ AUTH_URL, providers }) => {
    if (providers.length === 0) return NO_PROVIDER;
    const findings = providers.map(async (settings): Promise<Finding[]> => {
      const provider = await examineProvider(settings);
      const redirectUri = new URL(`/api/auth/callback/${settings.id}`, AUTH_URL).href;
      return describe(provider, redirectUri, await isRegistered(provider, redirectUri, AUTH_URL));
    });
    return (await Promise.all(findings)).flat();
  },
});

function describe({ name, settings }: ExaminedProvider, redirectUri: string, registered: boolean | null): Finding[] {
  if (registered) return [];
  if (registered === false) {
    const sentence = `${name} knows no client ${settings.clientId} with this redirect URI.`;
    return [{ severity: "problem", sentence, fix: "Register it there, letter by letter:", paste: [redirectUri] }];
  }
  const sentence = `Whether ${name} knows the redirect URI can't be told from here.`;
  return [
    { severity: "hint", sentence, fix: "It has to be registered there, letter by letter:", paste: [redirectUri] },
  ];
}

/**
 * Begins a sign-in in which nobody may be asked anything. A provider that knows client and redirect URI has to answer there;
 * one that doesn't must not lead anybody to it.
 *
 * @returns null where neither came.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
async function isRegistered(provider: ExaminedProvider, redirectUri: string, site: URL): Promise<boolean | null> {
  const { issuer } = provider;
  if (!issuer) return null;
  const reading = await readIssuer({ ...provider, issuer }, callerFor(site));
  if (reading.kind !== "read") return null;
  const request = authorizationRequest(reading.metadata, provider.settings.clientId, redirectUri);
  const answer = request && (await ask(request).catch(() => null));
  if (!answer) return null;
  const location = answer.headers.get("location") ?? "";
  if (location.startsWith(`${redirectUri}?`)) return true;
  return answer.status >= 400 && answer.status < 500 ? false : null;
}

function authorizationRequest(server: AuthorizationServer, clientId: string, redirectUri: string): URL | null {
  const endpoint = server.authorization_endpoint;
  if (endpoint === undefined || !URL.canParse(endpoint)) return null;
  const url = new URL(endpoint);
  const random = () => randomBytes(32).toString("base64url");
  const parameters = {
    ...{ client_id: clientId, redirect_uri: redirectUri, response_type: "code", scope: "openid", prompt: "none" },
    ...{ state: random(), nonce: random(), code_challenge: random(), code_challenge_method: "S256" },
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}
