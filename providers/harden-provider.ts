import { setTimeout as pause } from "node:timers/promises";
import { customFetch } from "next-auth";
import type { Provider } from "next-auth/providers";

import { Failure } from "@/lib/failure";
import { fillInTenant, MICROSOFT_PROVIDERS, withoutPhotograph } from "./microsoft";
import { providerFetch } from "./provider-fetch";

type Configured = Exclude<Provider, () => unknown>;

/** For the few OAuth providers that bring code of their own to ask who somebody is. */
const OWN_REQUEST_TIMEOUT_MS = 5_000;

/** The provider, calling nobody but by `providerFetch`. */
export function hardenProvider(provider: Configured): Configured {
  const isMicrosoft = MICROSOFT_PROVIDERS.includes(provider.id);
  if (isMicrosoft) withoutPhotograph(provider);
  // One that is no OpenID Connect provider may bring a fetch that speaks its dialect: TikTok's, to TikTok's own address.
  if (provider.type === "oidc" || !(customFetch in provider)) {
    Object.assign(provider, { [customFetch]: providerFetch(isMicrosoft ? fillInTenant : undefined) });
  }
  const { userinfo } = provider as unknown as { userinfo?: { request?: (context: unknown) => Promise<unknown> } };
  const { request } = userinfo ?? {};
  if (userinfo && request) userinfo.request = (context) => Promise.race([request(context), timeOut()]);
  return provider;
}

async function timeOut(): Promise<never> {
  await pause(OWN_REQUEST_TIMEOUT_MS, undefined, { ref: false });
  throw new Failure("outgoing_timed_out", `No whole answer came within ${OWN_REQUEST_TIMEOUT_MS} ms.`);
}
