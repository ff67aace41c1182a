import type { EnabledProvider } from "@/providers/enabled-providers";

/**
 * Says how somebody signed in.
 *
 * @param method - `password`, `passkey`, or the id of a provider, which may have been taken out of the configuration since.
 */
export function describeMethod(method: string, providers: readonly EnabledProvider[]): string {
  if (method === "password") return "With your password";
  if (method === "passkey") return "With a passkey";
  if (method === "magic_link") return "With a link sent by mail";
  const provider = providers.find(({ id }) => id === method);
  return `With ${provider?.name ?? method}`;
}

/** Says what an authenticator assurance level means (NIST SP 800-63B-4). */
export function describeAssurance(level: number): string {
  return level >= 2 ? "Two factors" : "One factor";
}
