import { beforeAll, describe, expect, it } from "vitest";

import { EmailAddressSchema } from "@/features/account/email-address";
import { hashPassword } from "@/features/password/hash-password";
import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import { beginSession } from "@/features/session/begin-session";
import { checkSession } from "@/features/session/check-session";
import { revocationFeed } from "@/features/session/revocation-feed";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { listSessions } from "@/features/session-overview/list-sessions";
import { signInWithPassword } from "@/features/sign-in/sign-in-with-password";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { statementsOf } from "../../support/statements";
import { newPerson, newSession } from "./person";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();

const PASSWORD = "correct horse battery";

// Connected, and the revocation feed read: what follows is what each request costs.
beforeAll(async () => {
  await newPerson();
  await revocationFeed().ensure(0);
});

describe("what the database is asked", () => {
  it("is nothing by a check inside the access window (S2)", async () => {
    const now = new Date();
    const cookie = sealSessionCookie(await newSession(undefined, now));
    await revocationFeed().ensure(0);
    const statements = await statementsOf(async () => {
      for (const mayRotate of [true, false]) {
        expect(await checkSession(cookie, { now, mayRotate })).toMatchObject({ state: "live", rotated: false });
      }
    });

    expect(statements).toEqual([]);
  });

  it("is one thing by a rotation", async () => {
    const now = new Date();
    const cookie = sealSessionCookie(await newSession(undefined, now));
    await revocationFeed().ensure(0);
    const statements = await statementsOf(async () => {
      expect(await checkSession(cookie, { now, mayRotate: true, force: true })).toMatchObject({ rotated: true });
    });

    expect(statements).toEqual([expect.stringContaining("UPDATE sessions")]);
  });

  it("is one thing by the list of sessions", async () => {
    const { sub, sid } = await newSession(undefined, new Date());
    const statements = await statementsOf(() => listSessions(sub, sid, new Date()));

    expect(statements).toEqual([expect.stringContaining("FROM sessions")]);
  });

  it("is at most 17 things by a sign-in with a password from a new browser", async () => {
    const userId = await newPerson();
    const email = EmailAddressSchema.parse(`${userId}@example.com`);
    await db().password.create({ data: { userId, hash: await hashPassword(PASSWORD) }, select: { userId: true } });
    const now = new Date();
    const origin = { ip: "192.0.2.1", userAgent: null };
    const statements = await statementsOf(async () => {
      const signedIn = await signInWithPassword({ email, password: PASSWORD }, now, origin);
      if (!signedIn.ok) throw new Error(signedIn.refusal);
      const { passwordVersion } = signedIn.value;
      const factor = { userId, method: "password", amr: ["pwd"], remember: false };
      await admitFirstFactor(factor, undefined, now);
      const proof = { ...factor, aal: 1 as const, passwordVersion, deviceToken: "new", ...origin };
      expect(await beginSession(proof, undefined, now)).toMatchObject({ ok: true });
    });

    // Four tries are taken and given back, two look-ups, the second factor, the session, and five of a browser that is new.
    expect(statements.length).toBeLessThanOrEqual(17);
    expect(statements.filter((statement) => statement.includes("INSERT INTO sessions"))).toHaveLength(1);
  });
});
