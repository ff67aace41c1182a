import { env } from "@/lib/env/env";

/** Whom authenticators know this site as. */
export interface RelyingParty {
  /** The domain that passkeys belong to. */
  readonly id: string;
  /** The only origin whose pages may use them. */
  readonly origin: string;
}

/**
 * This site as a WebAuthn relying party: from `AUTH_URL` alone. A Host header is the client's word, and whoever chose the
 * origin to compare with would have chosen what is accepted.
 *
 * @see https://www.w3.org/TR/webauthn-3/#relying-party-identifier
 */
export function relyingParty(): RelyingParty {
  const { hostname, origin } = env().AUTH_URL;
  return { id: hostname, origin };
}
