import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { findSecuringState } from "@/features/activity/data";
import { reportAsNotMe } from "@/features/activity/report-as-not-me";
import { securingSteps } from "@/features/activity/securing-steps";
import { recordAuditEvent } from "@/features/audit/data";
import { checkSession } from "@/features/session/check-session";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { fromHere, HERE } from "../audit/what-happened";
import { newPerson, newSession, now } from "../session/person";

const database = useDatabase();
const later = addSeconds(now, 3600);
const hash = () => randomBytes(32);

/** One of everything that waits to let somebody in. */
async function withWhatWaits(userId: UserId): Promise<void> {
  const own = { userId, tokenHash: hash(), expiresAt: later };
  await db().trustedDevice.create({ data: { ...own, lastUsedAt: now } });
  await db().knownDevice.create({ data: { userId, tokenHash: hash(), lastSeenAt: now } });
  await db().signInChallenge.create({ data: { ...own, method: "password", amr: ["pwd"], remember: true } });
  await db().webauthnChallenge.create({
    data: { userId, challengeHash: hash(), purpose: "step_up", expiresAt: later },
  });
  await db().connectionRequest.create({ data: { ...own, provider: "google" } });
  await db().oneTimeToken.create({ data: { ...own, purpose: "password_reset" } });
  await db().magicLink.create({
    data: {
      ...{ email: `${userId}@example.com`, tokenHash: hash(), codeHash: hash(), browserHash: hash(), expiresAt: later },
    },
  });
  const change = { userId, fromEmail: "a@x.test", toEmail: "b@x.test", expiresAt: later };
  await db().emailChange.create({ data: { ...change, confirmTokenHash: hash() } });
  await db().emailChange.create({
    data: { ...change, confirmedAt: now, undoTokenHash: hash(), undoExpiresAt: later },
  });
}

/** How many rows there are of each, of one person. */
async function waiting(userId: UserId) {
  const [row] = await database.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM trusted_devices WHERE user_id = $1) AS trusted,
      (SELECT count(*)::int FROM known_devices WHERE user_id = $1) AS known,
      (SELECT count(*)::int FROM sign_in_challenges WHERE user_id = $1) AS challenges,
      (SELECT count(*)::int FROM webauthn_challenges WHERE user_id = $1) AS ceremonies,
      (SELECT count(*)::int FROM connection_requests WHERE user_id = $1) AS connections,
      (SELECT count(*)::int FROM one_time_tokens WHERE user_id = $1) AS tokens,
      (SELECT count(*)::int FROM magic_links WHERE email = $1::text || '@example.com') AS links,
      (SELECT count(confirm_token_hash)::int FROM email_changes WHERE user_id = $1) AS moves,
      (SELECT count(undo_token_hash)::int FROM email_changes WHERE user_id = $1) AS undoable`,
    [userId],
  );
  return row;
}

const ALL = { trusted: 1, known: 1, challenges: 1, ceremonies: 1, connections: 1, tokens: 1, links: 1, moves: 1 };
const NONE = { trusted: 0, known: 0, challenges: 0, ceremonies: 0, connections: 0, tokens: 0, links: 0, moves: 0 };

describe("reportAsNotMe", () => {
  it("ends every session, the reporter's too, and tells why", async () => {
    const userId = await newPerson();
    const [mine, theirs] = [await newSession(userId), await newSession(userId)];

    expect(await reportAsNotMe(userId, theirs.sid, HERE, now)).toEqual({ endedSessions: 2 });
    for (const claims of [mine, theirs]) {
      const check = await checkSession(sealSessionCookie(claims), { now, mayRotate: false });
      expect(check).toMatchObject({ state: "ended", reason: "revoked_by_user" });
    }
    expect(await db().auditEvent.findMany({ where: { userId, kind: { not: "signed_in" } } })).toMatchObject([
      { kind: "reported_as_not_me", sessionId: theirs.sid, ...fromHere({ sessions: 2 }) },
    ]);
  });

  it("voids what waits to let somebody in, keeps the undo link, and leaves others alone", async () => {
    const [userId, neighbour] = [await newPerson(), await newPerson()];
    await withWhatWaits(userId);
    await withWhatWaits(neighbour);

    await reportAsNotMe(userId, "", HERE, now);
    expect(await waiting(userId)).toEqual({ ...NONE, undoable: 1 });
    expect(await waiting(neighbour)).toEqual({ ...ALL, undoable: 1 });
  });

  it("names no session that isn't the reporter's own", async () => {
    const userId = await newPerson();
    const stranger = await newSession();

    await reportAsNotMe(userId, stranger.sid, HERE, now);
    expect(await db().auditEvent.findMany({ where: { userId } })).toMatchObject([{ sessionId: null }]);
    const check = await checkSession(sealSessionCookie(stranger), { now, mayRotate: false });
    expect(check).toMatchObject({ state: "live" });
  });
});

describe("securingSteps", () => {
  async function stepsOf(userId: UserId) {
    const account = await findSecuringState(userId);
    return account && Object.fromEntries(securingSteps(account).map(({ id, state }) => [id, state]));
  }

  it("are none where nothing was reported", async () => {
    expect(await stepsOf(await newPerson())).toBeNull();
  });

  it("count what was done after the report, and not before", async () => {
    const userId = await newPerson();
    await db().password.create({ data: { userId, hash: "x" } });
    await recordAuditEvent({ kind: "password_changed", userId });
    await reportAsNotMe(userId, "", HERE, now);
    const left = {
      signed_in: "done",
      email: "to_check",
      connections: "done",
      passkeys: "done",
      second_factor: "to_do",
    };
    expect(await stepsOf(userId)).toEqual({ ...left, password: "to_do" });

    await recordAuditEvent({ kind: "password_reset", userId });
    await db().totpFactor.create({ data: { userId, sealedSecret: hash(), confirmedAt: now } });
    expect(await stepsOf(userId)).toEqual({ ...left, password: "done", second_factor: "done" });

    await reportAsNotMe(userId, "", HERE, now);
    expect(await stepsOf(userId)).toMatchObject({ password: "to_do" });
  });

  it("ask to look at connections, passkeys and a deletion that is under way; who has no password changes none", async () => {
    const userId = await newPerson();
    await reportAsNotMe(userId, "", HERE, now);
    await db().user.update({
      where: { id: userId },
      data: {
        deletionDueAt: later,
        accounts: { create: { type: "oidc", provider: "google", providerAccountId: userId } },
        passkeys: {
          create: { credentialId: userId, publicKey: hash(), name: "k", backupEligible: false, backedUp: false },
        },
        totpFactor: { create: { sealedSecret: hash() } },
      },
    });
    expect(await stepsOf(userId)).toEqual({
      ...{ signed_in: "done", deletion: "to_do", email: "to_check", connections: "to_check", passkeys: "to_check" },
      second_factor: "to_do",
    });
  });
});
