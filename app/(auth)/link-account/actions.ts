"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireRecentAuthentication } from "@/app/_request/session";
import { signOut } from "@/auth";
import { confirmConnection, declineConnection } from "@/features/connection/confirm-connection";
import { heldIdentityCookieName } from "@/features/connection/held-identity-cookie";
import { CHANGE_CONNECTIONS_MAX_AGE_SECONDS } from "@/features/reauthentication/policy";
import { systemClock } from "@/lib/clock";
import { expiredCookieAttributes } from "@/lib/host-cookie";

const PAGE = "/link-account";

/** Connects what waits, with the account of whoever has proved to be its owner. */
export async function confirmLinkAction(): Promise<void> {
  const { user, session } = await requireRecentAuthentication(CHANGE_CONNECTIONS_MAX_AGE_SECONDS, PAGE);
  const acting = { userId: user.id, sessionId: session.id, origin: await requestOrigin() };
  const confirmed = await confirmConnection(acting, await takeToken(), systemClock());
  const outcome = confirmed.ok ? "connected" : confirmed.refusal;
  redirect(`/settings/connections?${new URLSearchParams({ outcome, provider: confirmed.provider ?? "" })}`);
}

/** Forgets what waits. Nothing was connected, and nothing is. */
export async function declineLinkAction(): Promise<void> {
  await declineConnection(await takeToken());
  redirect("/sign-in");
}

/** For whoever is signed in to another account; what waits goes on waiting. */
export async function signOutToLinkAction(): Promise<void> {
  await signOut({ redirectTo: PAGE });
}

async function takeToken(): Promise<string> {
  const jar = await cookies();
  const token = jar.get(heldIdentityCookieName())?.value ?? "";
  jar.set(heldIdentityCookieName(), "", expiredCookieAttributes());
  return token;
}
