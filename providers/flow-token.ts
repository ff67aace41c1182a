import { env } from "@/lib/env/env";
import { configuredProviders } from "./enabled-providers";

/** As much of Next's cookie store as is read here. */
interface CookieJar {
  get(name: string): { readonly value: string } | undefined;
}

/** Auth.js's cookies of a flow, each sealed around a value that it draws anew; by the check that they are for. */
const FLOW_COOKIES = { pkce: "authjs.pkce.code_verifier", state: "authjs.state", nonce: "authjs.nonce" } as const;
const BY_CHECK = Object.entries(FLOW_COOKIES);

/**
 * What this browser holds for the one flow that it has under way with a provider, and that no other flow and no other
 * browser holds: the cookie against which Auth.js checks the provider's answer.
 *
 * Read it right after `signIn`, or where Auth.js asks whether to let somebody in.
 *
 * @param providerId - As in the configuration; its checks decide which of the cookies counts.
 * @returns null when there is no flow under way, or the provider checks nothing.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.7
 */
export async function flowToken(providerId: string, jar: CookieJar): Promise<string | null> {
  const provider = (await configuredProviders()).find(
    ({ id, options }) => ((options?.["id"] as string | undefined) ?? id) === providerId,
  );
  if (!provider) return null;
  // Auth.js's own default for who doesn't say.
  const { checks = ["pkce"] } = { ...provider, ...provider.options } as { checks?: readonly string[] };
  // One that this flow has set. Of an earlier one with another provider there may be others, which expire in between.
  const [, name] = BY_CHECK.find(([check]) => checks.includes(check)) ?? [];
  if (!name) return null;
  return jar.get(env().AUTH_URL.protocol === "https:" ? `__Secure-${name}` : name)?.value ?? null;
}
