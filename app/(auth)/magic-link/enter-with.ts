import { cookies } from "next/headers";
import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { sessionCookieValue, setSessionCookie } from "@/app/_request/session";
import { knownDeviceCookie, knownDeviceCookieName } from "@/features/known-device/device-cookie";
import { magicLinkCookieAttributes, magicLinkCookieName } from "@/features/magic-link/browser-cookie";
import type { MagicSignIn } from "@/features/magic-link/redeem-magic-link";
import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import { challengeCookieAttributes, challengeCookieName } from "@/features/second-factor/challenge-cookie";
import { beginSession } from "@/features/session/begin-session";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { deviceCookieName } from "@/features/trusted-device/device-cookie";
import { systemClock } from "@/lib/clock";

/**
 * Goes on from a right link or code, in a server action: to the session, or to the second factor first where one is on.
 *
 * RFC 8176 has no value for a secret that came by mail; what it has for proof over a channel of its own is "mca".
 *
 * @param callbackUrl - Where to go then, unverified.
 */
export async function enterWith({ userId, remember }: MagicSignIn, callbackUrl: unknown): Promise<never> {
  const now = systemClock();
  const jar = await cookies();
  const target = safeCallbackPath(callbackUrl);
  const firstFactor = { userId, method: "magic_link", amr: ["mca"], remember };
  const trustedDeviceToken = jar.get(deviceCookieName())?.value;
  jar.set(magicLinkCookieName(), "", magicLinkCookieAttributes(null));

  const admission = await admitFirstFactor(firstFactor, trustedDeviceToken, now);
  if (admission.outcome === "second_factor_required") {
    jar.set(challengeCookieName(), admission.challengeToken, challengeCookieAttributes(admission.expiresAt));
    redirect(`/second-factor?${new URLSearchParams({ callbackUrl: target })}`);
  }
  const device = knownDeviceCookie(jar.get(knownDeviceCookieName())?.value, now);
  const proven = { ...firstFactor, aal: 1 as const, trustedDeviceToken, deviceToken: device.value };
  const proof = { ...proven, ...(await requestOrigin()) };
  const begun = await beginSession(proof, await sessionCookieValue(), now);
  // Disabled, or with a second factor turned on, in this very moment.
  if (!begun.ok) redirect("/sign-in?code=temporarily_unavailable");
  jar.set(device.name, device.value, device.attributes);
  await setSessionCookie(begun.value);
  redirect(target);
}
