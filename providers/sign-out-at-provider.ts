import { findProviderOf } from "@/features/provider-session/data";
import { openIdToken } from "@/features/provider-session/provider-session";
import { signOutAddress } from "@/features/provider-session/sign-out-request";
import type { SessionClaims } from "@/features/session/session-claims";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log";
import { issuerMetadata } from "./issuer-metadata";
import { openIdProvider } from "./openid-provider";

/** A provider at which a session is to end as well. */
export interface ProviderToLeave {
  readonly id: string;
  readonly idToken: string | null;
}

/**
 * The provider that a session was begun at, where the configuration asks to sign out there too. Asked before the session ends,
 * which takes what is read here away.
 *
 * @returns null also when the database is away: signing out here must not wait for that.
 */
export async function findProviderToLeave({ sid, sub }: SessionClaims): Promise<ProviderToLeave | null> {
  const asked = env().providers.filter(({ signOutThere }) => signOutThere);
  if (asked.length === 0) return null;
  try {
    const session = await findProviderOf(sid, sub);
    if (!session || !asked.some(({ id }) => id === session.method)) return null;
    return { id: session.method, idToken: openIdToken(sub, session.sealedIdToken) };
  } catch (error) {
    log.warn({ error }, "a session's provider could not be looked up; signing out here alone");
    return null;
  }
}

/**
 * Where to send somebody who has just signed out here, to sign out at their provider too; back to `returnPath` from there.
 *
 * @returns null when the provider offers that not, or is away.
 */
export async function addressToLeave({ id, idToken }: ProviderToLeave, returnPath: string): Promise<string | null> {
  const provider = await openIdProvider(id);
  if (!provider) return null;
  try {
    const { endSessionEndpoint: endpoint } = await issuerMetadata(provider.issuer);
    const returnTo = new URL(returnPath, env().AUTH_URL);
    return endpoint && signOutAddress({ endpoint, clientId: provider.clientId, idToken, returnTo }).href;
  } catch (error) {
    log.warn({ provider: id, error }, "a provider can't be reached to sign out there; signed out here alone");
    return null;
  }
}
