import type { Translator } from "@/lib/i18n/translator";
import type { EnabledProvider } from "@/providers/enabled-providers";

/** How somebody signed in, as the sentences that say so are called. */
type MethodKey = "password" | "passkey" | "magic_link" | "provider";

/**
 * Tells which sentence is about a way of signing in.
 *
 * @param method - As the session has it: a way of our own, or the id of a provider.
 */
export function methodKeyOf(method: string): MethodKey {
  return method === "password" || method === "passkey" || method === "magic_link" ? method : "provider";
}

/** The name of the provider that somebody signed in with, which may have been taken out of the configuration since. */
export function methodName(method: string, providers: readonly EnabledProvider[]): string {
  return providers.find(({ id }) => id === method)?.name ?? method;
}

/** Says how somebody signed in. */
export function describeMethod(
  t: Translator<"account">,
  method: string,
  providers: readonly EnabledProvider[],
): string {
  return t(`method.${methodKeyOf(method)}`, { provider: methodName(method, providers) });
}

/** Says what an authenticator assurance level means (NIST SP 800-63B-4). */
export function describeAssurance(t: Translator<"account">, level: number): string {
  return level >= 2 ? t("assurance.two") : t("assurance.one");
}
