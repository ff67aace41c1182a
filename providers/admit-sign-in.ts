import { cookies, headers } from "next/headers";
import type { Account, Profile, User } from "next-auth";

import type { UserId } from "@/features/account/user-id";
import { originOf } from "@/features/audit/request-origin";
import type { OpenFlow } from "@/features/provider-flow/redeem-flow";
import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import { challengeCookieAttributes, challengeCookieName } from "@/features/second-factor/challenge-cookie";
import type { FirstFactor } from "@/features/second-factor/data";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { signInWithProvider } from "@/features/sign-in/sign-in-with-provider";
import { deviceCookieName } from "@/features/trusted-device/device-cookie";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { Failure } from "@/lib/failure";
import { checkIdToken } from "./check-id-token";
import { finishConnecting, leadToOwner } from "./connect-provider";
import { describeProviderSignIn, PROVIDER_REFUSAL_ERRORS } from "./describe-provider-sign-in";
import { reportProviderFailure } from "./provider-failure";
import { providerSessionOf } from "./provider-session-of";

/** What Auth.js's `signIn` callback is told. */
interface SignInAttempt {
  readonly user: User;
  readonly account?: Account | null | undefined;
  /** Set when a provider sent them. */
  readonly profile?: Profile | undefined;
  /** The fields that were sent along with a password. */
  readonly credentials?: Record<string, unknown> | undefined;
}

/**
 * Auth.js's `signIn` callback: decides what comes of a right first factor, whichever it was.
 *
 * @param flow - The one that a provider's answer ends; null with a password.
 * @returns True to begin the session; else the page to go to: the one that asks for the second factor, the one that tells what
 *   came of connecting a provider, or the one that says why a provider's sign-in went no further.
 */
export async function admitSignIn(
  { user, account, profile, credentials }: SignInAttempt,
  flow: OpenFlow | null,
): Promise<true | string> {
  if (!profile || !account) {
    return admit(
      { userId: user.id as UserId, method: "password", amr: ["pwd"], remember: user.remember === true },
      credentials?.["callbackUrl"],
    );
  }
  if (!flow) throw new Failure("flow_missing", "A provider's answer reached Auth.js past the flows.");
  const distrust = await checkIdToken(account, profile);
  if (distrust) return reportProviderFailure(account.provider, distrust);
  const person = describeProviderSignIn(account, profile, user);
  const connected = await finishConnecting(person, flow);
  if (connected !== null) return connected;
  const admitted = await signInWithProvider(person, systemClock(), originOf(await headers()));
  if (admitted.ok) {
    const { userId } = admitted.value;
    const providerSession = providerSessionOf(account, userId);
    return admit(
      { userId, method: account.provider, amr: ["fed"], remember: true, providerSession },
      flow.callbackPath,
    );
  }
  const ownersPage = admitted.refusal === "account_exists" ? await leadToOwner(person) : null;
  if (ownersPage !== null) return ownersPage;
  const query = { error: PROVIDER_REFUSAL_ERRORS[admitted.refusal], provider: account.provider };
  return `/auth-error?${new URLSearchParams(query)}`;
}

/** @param callbackUrl - Where the sign-in is to lead to, unverified. */
async function admit(firstFactor: FirstFactor, callbackUrl: unknown): Promise<true | string> {
  const jar = await cookies();
  const admission = await admitFirstFactor(firstFactor, jar.get(deviceCookieName())?.value, systemClock());
  if (admission.outcome === "complete") return true;
  const { challengeToken, expiresAt } = admission;
  jar.set(challengeCookieName(), challengeToken, challengeCookieAttributes(expiresAt));
  return `/second-factor?${new URLSearchParams({ callbackUrl: safeCallbackPath(callbackUrl, env().AUTH_URL.origin) })}`;
}
