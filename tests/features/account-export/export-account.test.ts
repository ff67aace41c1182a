import { describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { exportAccount } from "@/features/account-export/export-account";
import { db } from "@/lib/db";
import { uuidv7 } from "@/lib/uuid";
import { useDatabase } from "../../support/database";
import { spellings, storeWholePerson } from "../../support/whole-person";

// What is counted here is the limit.
process.env["RATE_LIMIT_SCALE"] = "1";
useDatabase();

const SESSION_ID = "019aa5f2-0000-7000-8000-000000000001";
const origin = { ip: "198.51.100.4", userAgent: "tests/1" };

const now = new Date();

async function exported(userId: UserId): Promise<string> {
  const result = await exportAccount({ userId, sessionId: SESSION_ID, origin }, now);
  if (!result.ok) throw new Error(result.refusal);
  return result.value;
}

describe("exportAccount", () => {
  it("A98: holds something of each table that knows the person", async () => {
    const person = await storeWholePerson(now);
    const text = await exported(person.id);
    const document = JSON.parse(text);

    expect(document).toEqual({
      about: expect.stringContaining("Everything that is stored"),
      exportedAt: now.toISOString(),
      account: expect.objectContaining({ id: person.id, email: person.email, name: `${person.mark} name` }),
      avatar: expect.objectContaining({ data: Buffer.from(`${person.mark} avatar`).toString("base64") }),
      password: { changedAt: expect.any(String) },
      connections: [
        expect.objectContaining({
          providerAccountId: `${person.mark} sub`,
          storedAccess: expect.objectContaining({ expiresAt: expect.any(String) }),
        }),
      ],
      passkeys: [expect.objectContaining({ name: `${person.mark} passkey`, counter: 9007 })],
      secondFactor: {
        app: { createdAt: expect.any(String), confirmedAt: now.toISOString() },
        tries: { failures: 2, since: now.toISOString(), lockedUntil: null },
        recoveryCodes: [{ createdAt: now.toISOString(), usedAt: null }],
      },
      sessions: [expect.objectContaining({ userAgent: `${person.mark} browser`, ip: "192.0.2.7" })],
      trustedDevices: [expect.objectContaining({ userAgent: `${person.mark} trusted` })],
      knownDevices: [{ createdAt: now.toISOString(), lastSeenAt: now.toISOString(), method: null, remember: false }],
      emailChanges: [expect.objectContaining({ toEmail: `new-${person.email}` })],
      signUps: [expect.objectContaining({ name: `${person.mark} sign-up`, tokens: [expect.any(Object)] })],
      magicLinks: [expect.objectContaining({ createdAt: now.toISOString() })],
      verificationTokens: [{ expires: expect.any(String) }],
      mails: [expect.objectContaining({ recipient: person.email, sentAt: null })],
      pending: {
        oneTimeTokens: [expect.objectContaining({ purpose: `${person.mark} purpose` })],
        signInChallenges: [expect.objectContaining({ method: `${person.mark} challenge` })],
        webauthnChallenges: [expect.objectContaining({ purpose: `${person.mark} webauthn` })],
        connectionRequests: [expect.objectContaining({ provider: `${person.mark} request` })],
      },
      auditEvents: [
        expect.objectContaining({ kind: "signed_in", details: { method: `${person.mark} detail` } }),
        expect.objectContaining({ kind: "account_exported", sessionId: SESSION_ID, ...origin }),
      ],
    });
    expect(text).toContain('\n  "account": {\n');
  });

  it("A98: holds no secret, no hash of one and nothing sealed, in any spelling", async () => {
    const { id, secrets } = await storeWholePerson(now);
    const text = await exported(id);

    expect(secrets.length).toBeGreaterThan(20);
    expect(secrets.flatMap(spellings).filter((spelling) => text.includes(spelling))).toEqual([]);
  });

  it("A98: holds nothing of anybody else", async () => {
    const [person, stranger] = [await storeWholePerson(now), await storeWholePerson(now)];
    const text = await exported(person.id);

    expect(text).not.toContain(stranger.mark);
    expect(text).not.toContain(stranger.id);
  });

  it("A98: is given ten times in an hour, also to twelve who ask at once, and noted each time", async () => {
    const { id } = await storeWholePerson(now);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => exportAccount({ userId: id, sessionId: SESSION_ID, origin }, now)),
    );

    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
    expect(answers.filter(({ ok }) => !ok)).toEqual(Array(2).fill({ ok: false, refusal: "rate_limited" }));
    expect(await db().auditEvent.count({ where: { userId: id, kind: "account_exported" } })).toBe(10);
    const { id: another } = await storeWholePerson(now);
    expect((await exportAccount({ userId: another, sessionId: SESSION_ID, origin }, now)).ok).toBe(true);
  });

  it("finds nobody where there is nobody", async () => {
    const userId = uuidv7(now) as UserId;

    expect(await exportAccount({ userId, sessionId: SESSION_ID, origin }, now)).toEqual({
      ok: false,
      refusal: "unknown_account",
    });
  });
});
