import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { beforeEach, describe, expect, it } from "vitest";

import { EmailAddressSchema } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { hashPassword } from "@/features/password/hash-password";
import { reauthenticate } from "@/features/reauthentication/reauthenticate";
import { beginSession } from "@/features/session/begin-session";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { startSession } from "@/features/session/start-session";
import { signInWithPassword } from "@/features/sign-in/sign-in-with-password";
import { type ProviderSignIn, signInWithProvider } from "@/features/sign-in/sign-in-with-provider";
import { requestSignUp } from "@/features/sign-up/request-sign-up";
import { verifyEmail } from "@/features/sign-up/verify-email";
import { db } from "@/lib/db";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { useDatabase } from "../../support/database";
import { newPerson, newSession, now, proofOf } from "../session/person";
import { mailedTokens } from "../sign-up/mails-of";
import { fromHere, HERE, whatHappened } from "./what-happened";

process.env["PASSWORD_HASH"] = "argon2id";
const database = useDatabase();
const PASSWORD = "violet kettle drums past midnight";

/** The log itself can't be emptied: a test looks at what came after its beginning. */
let before = 0;
const events = async () => (await whatHappened()).slice(before);

beforeEach(async () => {
  before = (await whatHappened()).length;
});

/** The statements that the database is sent meanwhile. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const shared = globalThis as { latchkeyDatabase?: object | undefined };
  const adapter = new PrismaPg({ connectionString: database.url });
  const client = new PrismaClient({ adapter, log: [{ emit: "event", level: "query" }] });
  const statements: string[] = [];
  client.$on("query", ({ query }) => statements.push(query));
  const usual = shared.latchkeyDatabase;
  shared.latchkeyDatabase = client;
  await work();
  shared.latchkeyDatabase = usual;
  await client.$disconnect();
  return statements.sort();
}

async function withPassword(userId: UserId) {
  await db().password.create({ data: { userId, hash: await hashPassword(PASSWORD) } });
  return { userId, email: EmailAddressSchema.parse(`${userId}@example.com`) };
}

describe("A95: signing up and in", () => {
  it("is told once when the address is proven, and not before", async () => {
    const email = EmailAddressSchema.parse(`${randomUUID()}@example.com`);
    await requestSignUp({ email, name: null, image: null, passwordHash: "x", identity: null }, now);
    expect(await events()).toEqual([]);

    const [token = ""] = await mailedTokens(email);
    const answers = await Promise.all([1, 2, 3].map(() => verifyEmail(token, now, HERE)));
    const userId = answers.find((answer) => answer.ok)?.value.userId;
    expect(await events()).toEqual([
      { kind: "signed_up", userId, sessionId: null, ...fromHere({ method: "password" }) },
    ]);
  });

  it("is told once for each way in, with how it was proven", async () => {
    const userId = await newPerson();
    const begun = await startSession(proofOf(userId, { method: "passkey", aal: 2, ...HERE }), now);

    expect(await events()).toEqual([
      {
        ...{ kind: "signed_in", userId, sessionId: begun.ok && begun.value.sid },
        ...fromHere({ method: "passkey", aal: 2 }),
      },
    ]);
  });

  it("is not told of an account that is disabled, which begins no session", async () => {
    const userId = await newPerson();
    await db().user.update({ where: { id: userId }, data: { disabledAt: now } });

    expect((await startSession(proofOf(userId), now)).ok).toBe(false);
    expect(await events()).toEqual([]);
  });

  it("tells of the session that it took the place of", async () => {
    const userId = await newPerson();
    const held = await newSession(userId);
    const begun = await beginSession(proofOf(userId, HERE), sealSessionCookie(held), now);

    expect((await events()).slice(1)).toEqual([
      {
        ...{ kind: "signed_in", userId, sessionId: begun.ok && begun.value.sid },
        ...fromHere({ method: "password", aal: 1 }),
      },
      { kind: "signed_out", userId, sessionId: held.sid, ...fromHere() },
    ]);
  });

  it("by a provider for the first time is a sign-up, and a refusal names nobody", async () => {
    const person: ProviderSignIn = {
      ...{ provider: "google", providerType: "oidc", providerAccountId: randomUUID(), name: null, image: null },
      ...{ email: `${randomUUID()}@example.com`, profile: { email_verified: true }, tokens: null },
    };
    const admitted = await signInWithProvider(person, now, HERE);
    await signInWithProvider(person, now, HERE);
    await signInWithProvider({ ...person, provider: "github" }, now, HERE);

    expect(await events()).toEqual([
      {
        ...{ kind: "signed_up", userId: admitted.ok && admitted.value.userId, sessionId: null },
        ...fromHere({ method: "google" }),
      },
      {
        ...{ kind: "sign_in_failed", userId: null, sessionId: null },
        ...fromHere({ method: "github", reason: "account_exists" }),
      },
    ]);
  });
});

describe("A95, A20: a password that is refused", () => {
  const unknown = EmailAddressSchema.parse("marker-address@example.com");

  it("is told once: with the account where there is one, with nobody where not, and never with what was typed", async () => {
    const { userId, email } = await withPassword(await newPerson());
    await signInWithPassword({ email, password: "marker-password" }, now, HERE);
    await signInWithPassword({ email: unknown, password: "marker-password" }, now, HERE);

    const row = {
      ...{ kind: "sign_in_failed", sessionId: null },
      ...fromHere({ method: "password", reason: "invalid_credentials" }),
    };
    expect(await events()).toEqual([
      { ...row, userId },
      { ...row, userId: null },
    ]);
    const [{ found } = { found: -1 }] = await database.query<{ found: number }>(
      "SELECT count(*)::int AS found FROM audit_events WHERE to_jsonb(audit_events)::text LIKE '%marker%'",
    );
    expect(found).toBe(0);
  });

  it("costs the same statements with an account and without", async () => {
    const { email } = await withPassword(await newPerson());
    const known = await statementsOf(() => signInWithPassword({ email, password: "wrong" }, now));
    // Two look-ups, four limits, one row of the log.
    expect(known).toHaveLength(7);
    expect(await statementsOf(() => signInWithPassword({ email: unknown, password: "wrong" }, now))).toEqual(known);
  });

  it("writes nothing when the password is right: the session does", async () => {
    const { email } = await withPassword(await newPerson());
    expect((await signInWithPassword({ email, password: PASSWORD }, now, HERE)).ok).toBe(true);
    expect(await events()).toEqual([]);
  });
});

describe("A95: proving again who one is", () => {
  it("is told once, right or wrong", async () => {
    const { userId } = await withPassword(await newPerson());
    const claims = await newSession(userId);
    before += 1;
    expect((await reauthenticate(claims, "wrong", now, HERE)).ok).toBe(false);
    expect((await reauthenticate(claims, PASSWORD, now, HERE)).ok).toBe(true);

    const row = { userId, sessionId: claims.sid, ...fromHere({ method: "password" }) };
    expect(await events()).toEqual([
      { kind: "reauthentication_failed", ...row },
      { kind: "reauthenticated", ...row },
    ]);
  });
});
