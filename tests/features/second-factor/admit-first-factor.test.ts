import { describe, expect, it } from "vitest";

import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import { addSeconds } from "@/lib/clock";
import { hashToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, now } from "../session/person";
import { newPersonWithFactor, newTrustedDevice, passwordOf } from "./factor";

useDatabase();

const COMPLETE = { outcome: "complete" };
const REQUIRED = { outcome: "second_factor_required" };

describe("admitFirstFactor", () => {
  it("is content where no second factor is on", async () => {
    expect(await admitFirstFactor(passwordOf(await newPerson()), undefined, now)).toEqual(COMPLETE);
    expect(await db().signInChallenge.count()).toBe(0);
  });

  it("is content where one was begun and never confirmed (A58)", async () => {
    const userId = await newPersonWithFactor();
    await db().totpFactor.update({ where: { userId }, data: { confirmedAt: null } });

    expect(await admitFirstFactor(passwordOf(userId), undefined, now)).toEqual(COMPLETE);
  });

  it("keeps the sign-in as a challenge for five minutes, of which the database knows the hash alone", async () => {
    const userId = await newPersonWithFactor();
    const admission = await admitFirstFactor(passwordOf(userId, { remember: false }), undefined, now);
    if (admission.outcome === "complete") throw new Error("A factor is on.");

    expect(admission).toEqual({
      ...REQUIRED,
      challengeToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: addSeconds(now, 300),
    });
    const rows = await db().signInChallenge.findMany({ where: { userId } });
    expect(rows).toEqual([
      {
        ...{ tokenHash: hashToken(admission.challengeToken), userId, method: "password", amr: ["pwd"] },
        ...{ remember: false, failures: 0, createdAt: now, expiresAt: addSeconds(now, 300) },
        ...{ providerSessionId: null, sealedIdToken: null },
      },
    ]);
  });

  it("asks nothing in a browser that this person trusts, and notes its use", async () => {
    const userId = await newPersonWithFactor();
    const token = await newTrustedDevice(userId);

    expect(await admitFirstFactor(passwordOf(userId), token, addSeconds(now, 3599))).toEqual(COMPLETE);
    expect((await db().trustedDevice.findFirstOrThrow({ where: { userId } })).lastUsedAt).toEqual(
      addSeconds(now, 3599),
    );
  });

  it("asks again once the trust has expired", async () => {
    const userId = await newPersonWithFactor();
    const token = await newTrustedDevice(userId);

    expect(await admitFirstFactor(passwordOf(userId), token, addSeconds(now, 3600))).toMatchObject(REQUIRED);
  });

  it("takes nobody else's trusted browser, nor a made-up one (A54)", async () => {
    const token = await newTrustedDevice(await newPersonWithFactor());
    const victim = await newPersonWithFactor();

    for (const presented of [token, "", "made-up", token.slice(1)]) {
      expect(await admitFirstFactor(passwordOf(victim), presented, now)).toMatchObject(REQUIRED);
    }
  });
});
