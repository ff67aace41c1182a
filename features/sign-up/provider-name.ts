import { env } from "@/lib/env/env";

/** A provider's name for people: the label from the configuration, else its id in title case. */
export function providerName(id: string): string {
  const configured = env().providers.find((provider) => provider.id === id);
  if (configured?.kind === "oidc") return configured.label;
  return id.replaceAll("-", " ").replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
