import type { Provider } from "next-auth/providers";

import { configuredProviders } from "./enabled-providers";

/** A provider that the environment enables, by the id that stands in its addresses; null for any other id, and for passwords. */
export async function configuredProvider(providerId: string): Promise<Exclude<Provider, () => unknown> | null> {
  const providers = await configuredProviders();
  return providers.find(({ id, options }) => ((options?.["id"] as string | undefined) ?? id) === providerId) ?? null;
}
