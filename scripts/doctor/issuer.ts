import * as oauth from "oauth4webapi";

import { SIGNING_ALGORITHMS } from "@/features/id-token/policy";
import type { ProviderSettings } from "@/lib/env/providers";
import { Failure } from "@/lib/failure";
import { isLoopback } from "@/lib/loopback";
import { outgoingFetch } from "@/lib/outgoing/outgoing-fetch";
import { PROVIDER_CATALOGUE } from "@/providers/catalogue";
import { fillInTenant, MICROSOFT_PROVIDERS } from "@/providers/microsoft";

type Call = ReturnType<typeof outgoingFetch>;

/** A provider as the doctor looks at it. */
export interface ExaminedProvider {
  readonly settings: ProviderSettings;
  readonly name: string;
  /** What its variables begin with. */
  readonly prefix: string;
  /** null where it speaks OAuth alone, which publishes nothing about itself. */
  readonly issuer: URL | null;
}

/** What the configuration makes of a provider. */
export async function examineProvider(settings: ProviderSettings): Promise<ExaminedProvider> {
  const variable = settings.id.toUpperCase().replaceAll("-", "_");
  if (settings.kind === "oidc") {
    const { label: name, issuer } = settings;
    return { settings, name, prefix: `AUTH_OIDC_${variable}`, issuer: URL.canParse(issuer) ? new URL(issuer) : null };
  }
  const { clientId, clientSecret, issuer } = settings;
  const { default: make } = await PROVIDER_CATALOGUE[settings.id]();
  const provider = make({ clientId, clientSecret, ...(issuer ? { issuer } : {}) } as never);
  const { name, type } = provider as { name: string; type: string };
  const named = issuer ?? (provider as { issuer?: string }).issuer;
  const isIssuer = type === "oidc" && named !== undefined && URL.canParse(named);
  return { settings, name, prefix: `AUTH_${variable}`, issuer: isIssuer ? new URL(named) : null };
}

/** Why an issuer can't be worked with. */
export type IssuerTrouble =
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "no_metadata" }
  | { readonly kind: "other_issuer"; readonly found: string };

/** What came of asking an issuer about itself. */
export type IssuerReading = { readonly kind: "read"; readonly metadata: oauth.AuthorizationServer } | IssuerTrouble;

/** Calls what the server itself would be allowed to call. */
export function callerFor(site: URL): Call {
  return outgoingFetch(isLoopback(site) ? "internet-and-loopback" : "internet");
}

/** Reads an issuer's metadata, as the server does at a sign-in. */
export async function readIssuer(
  { issuer, settings }: ExaminedProvider & { issuer: URL },
  call: Call,
): Promise<IssuerReading> {
  const address = new URL(`${issuer.href.replace(/\/$/, "")}/.well-known/openid-configuration`);
  const answer = await call(address.href).catch((error: unknown) => error);
  if (!(answer instanceof Response)) return { kind: "unreachable", reason: messageOf(answer) };
  const document =
    answer.status === 200 ? ((await answer.json().catch(() => null)) as Record<string, unknown> | null) : null;
  const found = document?.["issuer"];
  if (!document || typeof found !== "string") return { kind: "no_metadata" };
  const mended = MICROSOFT_PROVIDERS.includes(settings.id)
    ? fillInTenant(found, issuer.href.replace(/\/$/, ""))
    : found;
  try {
    const body = Response.json({ ...document, issuer: mended });
    return { kind: "read", metadata: await oauth.processDiscoveryResponse(issuer, body) };
  } catch {
    return { kind: "other_issuer", found };
  }
}

/** Whether the issuer's keys can be had, and one of them makes signatures that are accepted. */
export async function readKeys(
  { jwks_uri: address }: oauth.AuthorizationServer,
  call: Call,
): Promise<"usable" | "unreachable" | "unusable"> {
  const answer = address === undefined ? null : await call(address).catch(() => null);
  if (answer?.status !== 200) return "unreachable";
  const { keys } = ((await answer.json().catch(() => null)) ?? {}) as { keys?: unknown };
  return Array.isArray(keys) && keys.some(canSign) ? "usable" : "unusable";
}

function canSign(key: { kty?: string; use?: string; alg?: string } | null): boolean {
  if (key?.kty === undefined || !["RSA", "EC", "OKP"].includes(key.kty) || key.use === "enc") return false;
  return key.alg === undefined || (SIGNING_ALGORITHMS as readonly string[]).includes(key.alg);
}

function messageOf(error: unknown): string {
  return error instanceof Failure ? error.message : "There is no connection.";
}
