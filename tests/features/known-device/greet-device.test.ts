import { describe, expect, it } from "vitest";
import type { UserId } from "@/features/account/user-id";
import { greetDevice } from "@/features/known-device/greet-device";
import { beginSession } from "@/features/session/begin-session";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, now, proofOf } from "../session/person";
import { waitingMails } from "../sign-up/mails-of";

useDatabase();
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0";

/** A complete sign-in, and the id of its session. */
async function signIn(userId: UserId, deviceToken: string, at = now, userAgent = FIREFOX): Promise<string> {
  const begun = await beginSession(proofOf(userId, { deviceToken, userAgent, ip: "192.0.2.7" }), undefined, at);
  if (!begun.ok) throw new Error(begun.refusal);
  return begun.value.sid;
}

const mailsTo = async (userId: UserId) =>
  (await waitingMails()).filter(({ to, kind }) => to === `${userId}@example.com` && kind === "new_device");
const devicesOf = (userId: UserId) => db().knownDevice.findMany({ where: { userId } });

describe("a sign-in on a device", () => {
  it("is no news when it is the account's first, and when the device is known", async () => {
    const [userId, token] = [await newPerson(), randomToken()];
    await signIn(userId, token);
    await signIn(userId, token, addSeconds(now, 60));

    expect(await mailsTo(userId)).toEqual([]);
    expect(await devicesOf(userId)).toEqual([
      {
        userId,
        tokenHash: hashToken(token),
        createdAt: now,
        lastSeenAt: addSeconds(now, 60),
        method: "password",
        remember: true,
      },
    ]);
  });

  it("is told of by mail when the device is new: what, when, from where, and how to say that it was somebody else", async () => {
    const userId = await newPerson();
    await signIn(userId, randomToken());
    const token = randomToken();
    const sid = await signIn(userId, token);
    await signIn(userId, token);

    const mails = await mailsTo(userId);
    expect(mails).toHaveLength(1);
    const said = JSON.stringify(mails[0]);
    for (const words of ["Firefox on Windows", "1 January 2026 at 12:00 UTC", "192.0.2.7"])
      expect(said).toContain(words);
    expect(said).toContain(`/settings/security/report?session=${sid}`);
    expect(said).not.toContain(token);
  });

  it("is told of once, however often a new browser signs in at once", async () => {
    const [userId, token] = [await newPerson(), randomToken()];
    await signIn(userId, randomToken());
    await Promise.all(Array.from({ length: 5 }, () => signIn(userId, token)));
    expect(await mailsTo(userId)).toHaveLength(1);
  });

  it("knows nobody by a browser that somebody else signed in with", async () => {
    const [ada, bob, token] = [await newPerson(), await newPerson(), randomToken()];
    await signIn(ada, token);
    await signIn(bob, randomToken());
    await signIn(bob, token);
    expect(await mailsTo(bob)).toHaveLength(1);
  });

  it("takes no words of a stranger's into the mail", async () => {
    const userId = await newPerson();
    await signIn(userId, randomToken());
    await signIn(userId, randomToken(), now, "evil.example.com/1.0");
    const said = JSON.stringify(await mailsTo(userId));
    expect(said).toContain("A program, not a browser");
    expect(said).not.toContain("evil");
  });

  it("is told of ten times a day at most, to a program that keeps no cookies", async () => {
    const userId = await newPerson();
    for (let count = 0; count < 13; count++) await signIn(userId, randomToken());
    expect(await mailsTo(userId)).toHaveLength(10);
    await signIn(userId, randomToken(), addSeconds(now, 86_401));
    expect(await mailsTo(userId)).toHaveLength(11);
  });

  it("fails as a whole when the mail can't be written: nobody holds a session that wasn't told of", async () => {
    const userId = await newPerson();
    await signIn(userId, randomToken());
    await db().$executeRaw`ALTER TABLE outgoing_mails RENAME TO away`;
    const token = randomToken();
    await expect(signIn(userId, token)).rejects.toThrow();
    await db().$executeRaw`ALTER TABLE away RENAME TO outgoing_mails`;
    expect(await devicesOf(userId)).toHaveLength(1);
    await signIn(userId, token);
    expect(await mailsTo(userId)).toHaveLength(1);
  });
});

describe("greetDevice", () => {
  it("knows no person whose account is gone", async () => {
    const userId = "00000000-0000-7000-8000-000000000000" as UserId;
    const gone = {
      userId,
      deviceToken: randomToken(),
      sessionId: userId,
      ip: null,
      userAgent: null,
      method: "password",
      remember: true,
    };
    await expect(greetDevice(gone, now)).rejects.toThrow();
  });
});
