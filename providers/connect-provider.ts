import { cookies, headers } from "next/headers";

import { originOf } from "@/features/audit/request-origin";
import { finishConnection } from "@/features/connection/finish-connection";
import { heldIdentityCookieAttributes, heldIdentityCookieName } from "@/features/connection/held-identity-cookie";
import { holdIdentity } from "@/features/connection/hold-identity";
import { sessionCookieName } from "@/features/session/session-cookie";
import { safeSitePath } from "@/features/sign-in/safe-callback-path";
import type { ProviderSignIn } from "@/features/sign-in/sign-in-with-provider";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { flowToken } from "./flow-token";

/** Auth.js's own cookie, in which it keeps where a flow is to lead to. */
const CALLBACK_COOKIES = ["__Secure-authjs.callback-url", "authjs.callback-url"];

/** The page that tells what came of connecting a provider. */
function outcomePath(provider: string, outcome: string): string {
  return `/settings/connections?${new URLSearchParams({ outcome, provider })}`;
}

/**
 * Where Auth.js is told that a flow which is begun to connect leads to. It never gets there by itself: if the request is
 * gone by the time that the provider answers (a new password takes it away), this alone says that nobody is to be signed in.
 */
export function connectingPath(provider: string): string {
  return outcomePath(provider, "expired");
}

/**
 * Ends a provider's flow that was begun under Settings to connect: for Auth.js's `signIn` callback, before anything else.
 *
 * @returns The page that tells what came of it, which keeps Auth.js from beginning a session; null when the flow was begun
 *   to sign in.
 */
export async function finishConnecting(person: ProviderSignIn): Promise<string | null> {
  const { provider } = person;
  const jar = await cookies();
  const token = await flowToken(provider, jar);
  if (token === null) return null;
  const sessionCookie = jar.get(sessionCookieName())?.value;
  const answer = { flowToken: token, person, sessionCookie, origin: originOf(await headers()) };
  const finished = await finishConnection(answer, systemClock());
  if (finished) return outcomePath(provider, finished.ok ? finished.value : finished.refusal);
  const leadsTo = CALLBACK_COOKIES.map((name) => jar.get(name)?.value).find(Boolean);
  const wasToConnect = safeSitePath(leadsTo, env().AUTH_URL.origin) === connectingPath(provider);
  return wasToConnect ? connectingPath(provider) : null;
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
