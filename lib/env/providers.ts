import { isLoopback } from "@/lib/loopback";
import { PROVIDER_IDS, type ProviderId } from "@/lib/provider-ids";

/** A provider that the environment enables. */
export type ProviderSettings = (
  | { kind: "named"; id: ProviderId; issuer?: string }
  | { kind: "oidc"; id: string; label: string; issuer: string }
) & {
  clientId: string;
  clientSecret: string;
  /** Signing out here signs out at the provider too, where it offers that. */
  signOutThere?: true;
};

type Part = "ID" | "SECRET" | "ISSUER" | "LABEL" | "LOGOUT";
type Parts = { [part in Part]?: string | undefined };

const OIDC_VARIABLE = /^AUTH_OIDC_([A-Z0-9]+(?:_[A-Z0-9]+)*)_(ID|SECRET|ISSUER|LABEL|LOGOUT)$/;
const NAMED_VARIABLE = /^AUTH_([A-Z0-9]+(?:_[A-Z0-9]+)*)_(ID|SECRET|ISSUER|LOGOUT)$/;

const idOf = (name: string) => name.toLowerCase().replaceAll("_", "-");
const isProviderId = (id: string): id is ProviderId => (PROVIDER_IDS as readonly string[]).includes(id);

/**
 * Reads `AUTH_<PROVIDER>_ID/_SECRET/_ISSUER/_LOGOUT` and `AUTH_OIDC_<NAME>_ISSUER/_ID/_SECRET/_LABEL/_LOGOUT`.
 *
 * @param source - The environment; empty values count as unset.
 * @param authUrl - The public origin: an http issuer is let through only where it and the origin are loopback.
 * @param problems - Receives one sentence for each problem, naming the variable and never its value.
 */
export function parseProviders(
  source: Readonly<Record<string, string | undefined>>,
  authUrl: URL | undefined,
  problems: string[],
): ProviderSettings[] {
  const { named, oidc } = groupVariables(source);
  const settings: ProviderSettings[] = [];
  for (const [name, parts] of named) {
    const provider = readNamed(name, parts, authUrl, problems);
    if (provider) settings.push(provider);
  }
  for (const [name, parts] of oidc) {
    const taken = idOf(name) === "credentials" || settings.some(({ id }) => id === idOf(name));
    const provider = taken ? null : readOidc(name, parts, authUrl, problems);
    if (taken)
      problems.push(`AUTH_OIDC_${name}_…: the id ${idOf(name)} is taken by another provider. Choose another NAME`);
    if (provider) settings.push(provider);
  }
  return settings;
}

function groupVariables(source: Readonly<Record<string, string | undefined>>): {
  named: Map<string, Parts>;
  oidc: Map<string, Parts>;
} {
  const groups = { named: new Map<string, Parts>(), oidc: new Map<string, Parts>() };
  for (const [variable, value] of Object.entries(source)) {
    const match = OIDC_VARIABLE.exec(variable) ?? NAMED_VARIABLE.exec(variable);
    if (!value || !match?.[1] || !match[2]) continue;
    const group = variable.startsWith("AUTH_OIDC_") ? groups.oidc : groups.named;
    group.set(match[1], { ...group.get(match[1]), [match[2] as Part]: value });
  }
  return groups;
}

function readNamed(name: string, parts: Parts, authUrl: URL | undefined, problems: string[]): ProviderSettings | null {
  const id = idOf(name);
  if (!isProviderId(id)) {
    problems.push(
      `AUTH_${name}_…: Auth.js has no provider named ${id}. For any OpenID Connect issuer use AUTH_OIDC_${name}_…`,
    );
    return null;
  }
  const { ID: clientId, SECRET: clientSecret, ISSUER: issuer } = parts;
  reportMissing(`AUTH_${name}`, { ID: clientId, SECRET: clientSecret }, problems);
  reportBadIssuer(`AUTH_${name}_ISSUER`, issuer, authUrl, problems);
  const signOut = readLogout(`AUTH_${name}_LOGOUT`, parts, problems);
  if (!clientId || !clientSecret) return null;
  return { kind: "named", id, clientId, clientSecret, ...(issuer ? { issuer } : {}), ...signOut };
}

function readOidc(name: string, parts: Parts, authUrl: URL | undefined, problems: string[]): ProviderSettings | null {
  const { ID: clientId, SECRET: clientSecret, ISSUER: issuer, LABEL: label = name } = parts;
  reportMissing(`AUTH_OIDC_${name}`, { ISSUER: issuer, ID: clientId, SECRET: clientSecret }, problems);
  reportBadIssuer(`AUTH_OIDC_${name}_ISSUER`, issuer, authUrl, problems);
  const signOut = readLogout(`AUTH_OIDC_${name}_LOGOUT`, parts, problems);
  return clientId && clientSecret && issuer
    ? { kind: "oidc", id: idOf(name), label, clientId, clientSecret, issuer, ...signOut }
    : null;
}

function readLogout(variable: string, { LOGOUT }: Parts, problems: string[]): { signOutThere?: true } {
  if (LOGOUT !== undefined && LOGOUT !== "on" && LOGOUT !== "off") problems.push(`${variable}: must be on or off`);
  return LOGOUT === "on" ? { signOutThere: true } : {};
}

function reportMissing(prefix: string, parts: Parts, problems: string[]): void {
  for (const [part, value] of Object.entries(parts)) {
    if (!value) problems.push(`${prefix}_${part}: is not set, but another ${prefix}_… variable is`);
  }
}

function reportBadIssuer(
  variable: string,
  issuer: string | undefined,
  authUrl: URL | undefined,
  problems: string[],
): void {
  if (!issuer) return;
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  if (url?.protocol === "https:") return;
  if (url?.protocol === "http:" && isLoopback(url) && authUrl && isLoopback(authUrl)) return;
  problems.push(`${variable}: must be an https URL (http only on this machine, while AUTH_URL is on it too)`);
}
