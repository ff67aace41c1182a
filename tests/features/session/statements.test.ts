import { beforeAll, describe, expect, it } from "vitest";

import { EmailAddressSchema } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { hashPassword } from "@/features/password/hash-password";
import { admitFirstFactor } from "@/features/second-factor/admit-first-factor";
import { beginSession } from "@/features/session/begin-session";
import { checkSession } from "@/features/session/check-session";
import { confirmGenerations, endSessions } from "@/features/session/data";
import { lookUpSession } from "@/features/session/look-up-session";
import { revocationFeed } from "@/features/session/revocation-feed";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { listSessions } from "@/features/session-overview/list-sessions";
import { signInWithPassword } from "@/features/sign-in/sign-in-with-password";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { type Statement, statementsOf } from "../../support/statements";
import { newPerson, newSession } from "./person";

process.env["PASSWORD_HASH"] = "argon2id";
const database = useDatabase();

const PASSWORD = "correct horse battery";
/** `PLAN_PEOPLE=1000000 npm test -- tests/features/session/statements.test.ts` for a database of some size: five sessions each. */
const PEOPLE = Number(process.env["PLAN_PEOPLE"] ?? 8_000);
const SESSIONS_PER_PERSON = 5;
const FILLING_TIMEOUT_MS = 900_000;

/** A person who can sign in, and their address. */
async function newMember() {
  const userId = await newPerson();
  await db().password.create({ data: { userId, hash: await hashPassword(PASSWORD) }, select: { userId: true } });
  return { userId, email: EmailAddressSchema.parse(`${userId}@example.com`) };
}

async function signIn({ userId, email }: { userId: UserId; email: ReturnType<typeof EmailAddressSchema.parse> }) {
  const now = new Date();
  const origin = { ip: "192.0.2.1", userAgent: null };
  const signedIn = await signInWithPassword({ email, password: PASSWORD }, now, origin);
  if (!signedIn.ok) throw new Error(signedIn.refusal);
  const { passwordVersion } = signedIn.value;
  const factor = { userId, method: "password", amr: ["pwd"], remember: false };
  await admitFirstFactor(factor, undefined, now);
  const proof = { ...factor, aal: 1 as const, passwordVersion, deviceToken: "new", ...origin };
  expect(await beginSession(proof, undefined, now)).toMatchObject({ ok: true });
}

/** A cookie inside its window, and a feed that has just been read: what follows is what a request costs. */
async function currentCookie(): Promise<string> {
  const cookie = sealSessionCookie(await newSession(undefined, new Date()));
  await revocationFeed().ensure(0);
  return cookie;
}

const texts = (statements: readonly Statement[]) => statements.map(({ text }) => text);

describe("what the database is asked", () => {
  it("is nothing by a check inside the access window (S2)", async () => {
    const cookie = await currentCookie();
    const statements = await statementsOf(async () => {
      for (const mayRotate of [true, false]) {
        const check = await checkSession(cookie, { now: new Date(), mayRotate });
        expect(check).toMatchObject({ state: "live", rotated: false });
      }
    });

    expect(texts(statements)).toEqual([]);
  });

  it("is one thing by a rotation", async () => {
    const cookie = await currentCookie();
    const statements = await statementsOf(async () => {
      const check = await checkSession(cookie, { now: new Date(), mayRotate: true, force: true });
      expect(check).toMatchObject({ state: "live", rotated: true });
    });

    expect(texts(statements)).toEqual([expect.stringContaining("UPDATE sessions")]);
  });

  it("is one thing by the list of sessions", async () => {
    const { sub, sid } = await newSession(undefined, new Date());
    const statements = await statementsOf(() => listSessions(sub, sid, new Date()));

    expect(texts(statements)).toEqual([expect.stringContaining("FROM sessions")]);
  });

  it("is at most 17 things by a sign-in with a password from a new browser", async () => {
    const member = await newMember();
    const statements = await statementsOf(() => signIn(member));

    // Four tries are taken and given back, two look-ups, the second factor, the session, and five of a browser that is new.
    expect(statements.length).toBeLessThanOrEqual(17);
    expect(texts(statements).filter((text) => text.includes("INSERT INTO sessions"))).toHaveLength(1);
  });
});

describe(`with ${PEOPLE} people and ${PEOPLE * SESSIONS_PER_PERSON} sessions`, () => {
  beforeAll(fill, FILLING_TIMEOUT_MS);

  it("nothing that a request asks reads a large table from end to end", async () => {
    const member = await newMember();
    const cookie = await currentCookie();
    const { sub, sid } = await newSession(undefined, new Date());
    const now = new Date();
    const statements = await statementsOf(async () => {
      await signIn(member);
      await checkSession(cookie, { now, mayRotate: true, force: true });
      await lookUpSession(sid, now);
      await listSessions(sub, sid, now);
      await confirmGenerations([{ id: sid, generation: 1 }]);
      await endSessions(db(), { ids: [sid] }, "signed_out", now);
      await endSessions(db(), { userId: sub, except: sid }, "signed_out", now);
    });
    const read = await Promise.all(statements.map(wholeTablesOf));

    expect(statements.length).toBeGreaterThan(10);
    expect(read.flat()).toEqual([]);
  });

  it("which would be noticed", async () => {
    expect(await wholeTablesOf({ text: "SELECT id FROM users WHERE name = $1", values: ["x"] })).toEqual([
      "users in SELECT id FROM users WHERE name = $1",
    ]);
  });
});

async function fill(): Promise<void> {
  await database.query(
    `INSERT INTO users (id, email, email_verified, updated_at)
     SELECT gen_random_uuid(), 'p' || n || '@example.com', now(), now() FROM generate_series(1, $1::int) n`,
    [PEOPLE],
  );
  await database.query(
    "INSERT INTO passwords (user_id, hash, updated_at) SELECT id, 'x', now() FROM users ON CONFLICT DO NOTHING",
  );
  await database.query(
    `INSERT INTO sessions (id, user_id, method, amr, authenticated_at, last_seen_at, idle_expires_at, absolute_expires_at)
     SELECT gen_random_uuid(), u.id, 'password', '{pwd}', now(), now(), now() + interval '7 days', now() + interval '30 days'
     FROM users u CROSS JOIN generate_series(1, $1::int)`,
    [SESSIONS_PER_PERSON],
  );
  for (const table of LARGE) await database.query(`ANALYZE ${table}`);
}

/** The tables that were filled. A plan for one that is empty says nothing. */
const LARGE = ["users", "passwords", "sessions"];

/** The large tables that a statement would read from end to end. */
async function wholeTablesOf({ text, values }: Statement): Promise<string[]> {
  if (!/^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(text)) return [];
  const rows = await database.query<{ "QUERY PLAN": unknown }>(`EXPLAIN (FORMAT JSON) ${text}`, values);
  const plan = JSON.stringify(rows);
  const scanned = [...plan.matchAll(/"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g)].map(
    ([, table = ""]) => table,
  );
  return scanned.filter((table) => LARGE.includes(table)).map((table) => `${table} in ${text}`);
}
