import { cookies, headers } from "next/headers";
import type { Account, User } from "next-auth";

import type { UserId } from "@/features/account/user-id";
import { originOf } from "@/features/audit/request-origin";
import { knownDeviceCookie, knownDeviceCookieName } from "@/features/known-device/device-cookie";
import { beginSession } from "@/features/session/begin-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { sessionCookieName } from "@/features/session/session-cookie";
import { deviceCookieName } from "@/features/trusted-device/device-cookie";
import { systemClock } from "@/lib/clock";
import { Failure } from "@/lib/failure";
import { providerSessionOf } from "./provider-session-of";

/** The claims of a new session: one row for every kind of sign-in (S1). */
export async function beginToken(user: User, account: Account): Promise<SessionClaims> {
  const byPassword = account.type === "credentials";
  const jar = await cookies();
  const device = knownDeviceCookie(jar.get(knownDeviceCookieName())?.value, systemClock());
  const begun = await beginSession(
    {
      userId: user.id as UserId,
      method: byPassword ? "password" : account.provider,
      aal: 1,
      amr: [byPassword ? "pwd" : "fed"],
      remember: byPassword ? user.remember === true : true,
      passwordVersion: user.passwordVersion,
      trustedDeviceToken: jar.get(deviceCookieName())?.value,
      deviceToken: device.value,
      providerSession: byPassword ? undefined : providerSessionOf(account, user.id as UserId),
      ...originOf(await headers()),
    },
    jar.get(sessionCookieName())?.value,
    systemClock(),
  );
  if (!begun.ok) throw new Failure(begun.refusal, "The account changed during its sign-in.");
  jar.set(device.name, device.value, device.attributes);
  return begun.value;
}
