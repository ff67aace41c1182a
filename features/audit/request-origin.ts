import { clientAddress } from "@/lib/client-address";
import { env } from "@/lib/env/env";

/** From where somebody acts, as far as a request tells. */
export interface RequestOrigin {
  readonly ip: string | null;
  /** As sent, cut to a length that is fit to be stored. */
  readonly userAgent: string | null;
}

/** Longer user agents are cut: they are shown to people, and nothing that matters is decided by them. */
const MAX_USER_AGENT_LENGTH = 400;

/**
 * From where a request comes.
 *
 * @param headers - The request's. What proxies say counts only as far as `TRUSTED_PROXIES` trusts them.
 */
export function originOf(headers: Headers): RequestOrigin {
  return {
    ip: clientAddress(headers, env().TRUSTED_PROXIES),
    userAgent: headers.get("user-agent")?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
  };
}
