import { describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { forgetDevice, knownPerson } from "@/features/known-device/known-person";
import { beginSession } from "@/features/session/begin-session";
import { addSeconds } from "@/lib/clock";
import { randomToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, now, proofOf } from "../session/person";

useDatabase();

async function signIn(
  userId: UserId,
  deviceToken: string,
  how: { method?: string; remember?: boolean; at?: Date } = {},
) {
  const { at = now, ...proof } = how;
  const begun = await beginSession(proofOf(userId, { deviceToken, ...proof }), undefined, at);
  if (!begun.ok) throw new Error(begun.refusal);
}

describe("knownPerson", () => {
  it("is who signed in last with this browser, and how they did", async () => {
    const [first, second, token] = [await newPerson(), await newPerson(), randomToken()];
    await signIn(first, token, { method: "google" });
    await signIn(second, token, { method: "password", at: addSeconds(now, 60) });
    expect(await knownPerson(token)).toMatchObject({ email: `${second}@example.com`, method: "password" });

    await signIn(first, token, { method: "google", at: addSeconds(now, 120) });
    expect(await knownPerson(token)).toMatchObject({ email: `${first}@example.com`, method: "google" });
  });

  it("is nobody where the last one didn't ask to stay signed in, whoever did before", async () => {
    const [first, second, token] = [await newPerson(), await newPerson(), randomToken()];
    await signIn(first, token, { remember: true });
    await signIn(second, token, { remember: false, at: addSeconds(now, 60) });

    expect(await knownPerson(token)).toBeNull();
  });

  it("is nobody for another browser, for none, for a disabled account, and once the account is gone", async () => {
    const [userId, token] = [await newPerson(), randomToken()];
    await signIn(userId, token);
    expect(await knownPerson(randomToken())).toBeNull();
    expect(await knownPerson(null)).toBeNull();

    await db().user.update({ where: { id: userId }, data: { disabledAt: now } });
    expect(await knownPerson(token)).toBeNull();
    await db().user.delete({ where: { id: userId } });
    expect(await knownPerson(token)).toBeNull();
  });
});

describe("forgetDevice", () => {
  it("makes the browser a stranger's to all accounts, and leaves other browsers alone", async () => {
    const [first, second] = [await newPerson(), await newPerson()];
    const [token, other] = [randomToken(), randomToken()];
    for (const userId of [first, second]) await signIn(userId, token);
    await signIn(first, other);
    await forgetDevice(token);
    await forgetDevice(null);

    expect(await knownPerson(token)).toBeNull();
    expect(await db().knownDevice.count({ where: { userId: { in: [first, second] } } })).toBe(1);
    expect(await knownPerson(other)).toMatchObject({ email: `${first}@example.com` });
  });
});
