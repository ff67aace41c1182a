import { redirect } from "next/navigation";

import { signOut } from "@/auth";
import { openSessionCookie } from "@/features/session/session-cookie";
import { systemClock } from "@/lib/clock";
import { addressToLeave, findProviderToLeave } from "@/providers/sign-out-at-provider";
import { sessionCookieValue } from "./session";

const SIGNED_OUT_PAGE = "/sign-in?signed-out=1";

/**
 * Signs out here and, where the configuration asks for it, at the provider that the person signed in with. Only in a server
 * action.
 *
 * The session here has ended before the provider is looked for: whatever keeps that one from answering, nobody stays signed in.
 */
export async function signOutHereAndThere(): Promise<never> {
  const claims = openSessionCookie(await sessionCookieValue(), systemClock());
  const provider = claims && (await findProviderToLeave(claims));
  await signOut({ redirect: false });
  redirect((provider && (await addressToLeave(provider, SIGNED_OUT_PAGE))) ?? SIGNED_OUT_PAGE);
}
