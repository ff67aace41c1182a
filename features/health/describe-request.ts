import { areDoctorCredentials } from "@/lib/doctor-proof";
import { env } from "@/lib/env/env";

/** The server in front sets it on every request, over whatever a client sent. */
const HOPS_HEADER = "x-latchkey-hops";

/** How a request looked when it arrived here, for `npm run doctor`: what a proxy in front made of it. */
export interface ArrivedRequest {
  /** How many addresses `X-Forwarded-For` had. */
  readonly hops: number;
  readonly trustedProxies: number;
}

/**
 * Describes a request to whoever made it.
 *
 * @returns null unless it was made with this instance's own `AUTH_SECRET`: how many proxies are believed is nobody else's
 * business.
 */
export function describeRequest(headers: Headers, now: Date): ArrivedRequest | null {
  const { AUTH_SECRET, TRUSTED_PROXIES: trustedProxies } = env();
  if (!areDoctorCredentials(headers.get("authorization"), AUTH_SECRET, now)) return null;
  return { hops: Number(headers.get(HOPS_HEADER) ?? 0), trustedProxies };
}
