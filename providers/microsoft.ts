import { decodeJwt } from "jose";
import type { Provider } from "next-auth/providers";

/** Providers that are Microsoft Entra ID, the second by its former name. */
export const MICROSOFT_PROVIDERS: readonly string[] = ["microsoft-entra-id", "azure-ad"];

/** Where people of every organization sign in. Each organization then is an issuer of its own. */
const ANY_TENANT = /^(https:\/\/login\.microsoftonline\.com)\/(?:common|organizations)\/v2\.0$/;

const TENANT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Microsoft's metadata for all tenants carry a template as issuer. Here it is filled with the name that was asked for, so that
 * the comparison with that holds; an ID token's own issuer is another matter: see `microsoftIssuer`.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
 */
export function fillInTenant(issuer: string, asked: string): string {
  return ANY_TENANT.test(asked) && issuer === "https://login.microsoftonline.com/{tenantid}/v2.0" ? asked : issuer;
}

/**
 * The issuer that a token's tenant is: whose metadata name its keys, and whose name the token has to bear.
 *
 * @param configured - The issuer of the configuration.
 * @param unverifiedIdToken - Only its `tid` is read, which decides nothing but whom to ask.
 */
export function microsoftIssuer(configured: URL, unverifiedIdToken: string): URL {
  const [, host] = ANY_TENANT.exec(configured.href) ?? [];
  if (!host) return configured;
  const { tid } = decodeJwt<{ tid?: unknown }>(unverifiedIdToken);
  return typeof tid === "string" && TENANT_ID.test(tid) ? new URL(`${host}/${tid}/v2.0`) : configured;
}

/** Auth.js's own would download the person's photograph, with their token, at every sign-in. Nobody asked for it. */
const microsoftProfile = ({ sub, name, email }: { sub: string; name?: string; email?: string }) => ({
  id: sub,
  name: name ?? null,
  email: email ?? null,
  image: null,
});

/** The provider, with that profile. */
export function withoutPhotograph<Given extends Exclude<Provider, () => unknown>>(provider: Given): Given {
  return Object.assign(provider, { profile: microsoftProfile });
}
