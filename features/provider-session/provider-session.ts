import { decodeJwt } from "jose";

import type { UserId } from "@/features/account/user-id";
import { seal, unseal } from "@/lib/crypto/seal";
import { Failure } from "@/lib/failure";

/** The session at a provider from which one of ours was begun. */
export interface ProviderSession {
  /** Its `sid`, by which the provider tells of its end; null where the provider names none. */
  readonly providerSessionId: string | null;
  /** By which the provider knows whom to sign out there; null where nobody asked for that. */
  readonly sealedIdToken: Uint8Array<ArrayBuffer> | null;
}

/** What becomes of a session that no provider has a part in. */
export const NO_PROVIDER_SESSION: ProviderSession = { providerSessionId: null, sealedIdToken: null };

const MAX_SID_LENGTH = 255;
/** Beyond this an address with it would be refused on the way to the provider. */
const MAX_ID_TOKEN_LENGTH = 4096;

/**
 * What of an ID token is kept with the session that it began.
 *
 * @param idToken - Checked at the sign-in; null where the provider sent none.
 * @param options.keepIdToken - For signing out at the provider. It holds personal data, so nothing keeps it but that.
 */
export function describeProviderSession(
  userId: UserId,
  idToken: string | null,
  options: { keepIdToken: boolean },
): ProviderSession {
  if (idToken === null) return NO_PROVIDER_SESSION;
  const { sid } = decodeJwt(idToken);
  const isKept = options.keepIdToken && idToken.length <= MAX_ID_TOKEN_LENGTH;
  return {
    providerSessionId: typeof sid === "string" && sid !== "" && sid.length <= MAX_SID_LENGTH ? sid : null,
    sealedIdToken: isKept ? seal("provider-token", idToken, contextOf(userId)) : null,
  };
}

/** The ID token of a session; null when there is none, or its secret is gone. */
export function openIdToken(userId: UserId, sealed: Uint8Array | null): string | null {
  try {
    return sealed && unseal("provider-token", sealed, contextOf(userId));
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** The person's, not the row's: what waits for a second factor is moved into another row. */
const contextOf = (userId: UserId) => `id-token ${userId}`;
