import { cookies, headers } from "next/headers";

import { originOf } from "@/features/audit/request-origin";
import { finishConnection } from "@/features/connection/finish-connection";
import { heldIdentityCookieAttributes, heldIdentityCookieName } from "@/features/connection/held-identity-cookie";
import { holdIdentity } from "@/features/connection/hold-identity";
import type { OpenFlow } from "@/features/provider-flow/redeem-flow";
import { sessionCookieName } from "@/features/session/session-cookie";
import type { ProviderSignIn } from "@/features/sign-in/sign-in-with-provider";
import { systemClock } from "@/lib/clock";
import { connectingPath, outcomePath } from "./connecting-path";

/**
 * Ends a provider's flow that was begun under Settings to connect: for Auth.js's `signIn` callback, before anything else.
 *
 * @returns The page that tells what came of it, which keeps Auth.js from beginning a session; null when the flow was begun
 *   to sign in.
 */
export async function finishConnecting(person: ProviderSignIn, flow: OpenFlow): Promise<string | null> {
  const { provider } = person;
  const sessionCookie = (await cookies()).get(sessionCookieName())?.value;
  const answer = { flowToken: flow.token, person, sessionCookie, origin: originOf(await headers()) };
  const finished = await finishConnection(answer, systemClock());
  if (finished) return outcomePath(provider, finished.ok ? finished.value : finished.refusal);
  return flow.callbackPath === connectingPath(provider) ? connectingPath(provider) : null;
}

/**
 * Leads somebody whose address has an account that their identity isn't linked to, to the page where its owner connects the
 * two.
 *
 * @returns The page; null when the account is not there any more.
 */
export async function leadToOwner(person: ProviderSignIn): Promise<string | null> {
  const now = systemClock();
  const token = await holdIdentity(person, now);
  if (token === null) return null;
  (await cookies()).set(heldIdentityCookieName(), token, heldIdentityCookieAttributes(now));
  return "/link-account";
}
