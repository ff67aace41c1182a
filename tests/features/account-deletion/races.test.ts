import { beforeEach, describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { purgeAccounts } from "@/features/account-deletion/purge-accounts";
import { restoreAccount } from "@/features/account-deletion/restore-account";
import { checkSession } from "@/features/session/check-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { startSession } from "@/features/session/start-session";
import { signInWithProvider } from "@/features/sign-in/sign-in-with-provider";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, newSession, now, proofOf } from "../session/person";
import { eventsOf, mailsTo, origin, requestNow, SESSION_ID } from "./people";

useDatabase();
// The purge takes whoever is due.
beforeEach(async () => void (await db().user.deleteMany()));

const ROUNDS = 6;
const HOUR_SECONDS = 60 * 60;
const later = addSeconds(now, HOUR_SECONDS);

const times = <Value>(count: number, work: () => Promise<Value>) => Promise.all(Array.from({ length: count }, work));
const refresh = (claims: SessionClaims, at = later) =>
  checkSession(sealSessionCookie(claims), { now: at, mayRotate: true, force: true });

/** Sessions whose row is open. */
async function openSessions(userId: UserId): Promise<string[]> {
  const rows = await db().session.findMany({ where: { userId, endedAt: null }, select: { id: true } });
  return rows.map(({ id }) => id);
}

const providerSignIn = (userId: UserId) =>
  signInWithProvider(
    {
      ...{ provider: "google", providerType: "oidc", providerAccountId: userId, email: `${userId}@example.com` },
      ...{ name: null, image: null, profile: { email_verified: true } },
      tokens: { accessToken: "a", refreshToken: "r", tokenType: "Bearer", expiresAt: later, scope: null },
    },
    now,
  );

describe("F14, A98: asking for deletion while others refresh and sign in", () => {
  it("ends all that was there for good; what begins meanwhile is ended too, or opens nothing but the question", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const userId = await newPerson();
      const before = [await newSession(userId), await newSession(userId)];
      const [, begun] = await Promise.all([
        requestNow(userId),
        times(4, () => startSession(proofOf(userId), now)),
        ...before.map((claims) => refresh(claims)),
      ]);

      const open = await openSessions(userId);
      const dueClaims = begun.flatMap((one) => (one.ok && one.value.due !== undefined ? [one.value.sid] : []));
      expect(open.toSorted()).toEqual(dueClaims.toSorted());
      for (const claims of before) {
        expect(await refresh(claims)).toMatchObject({ state: "ended", reason: "account_deleted" });
      }
    }
  });
});

/** Everything that can happen to an account in the moment when its time is over, at once. */
async function decideAtOnce() {
  const userId = await newPerson();
  const account = { userId, type: "oidc", provider: "google", providerAccountId: userId };
  await db().account.create({ data: account, select: { id: true } });
  const dueAt = await requestNow(userId);
  const session = await newSession(userId);
  const [purged, restored, begun, refreshed, admitted] = await Promise.all([
    purgeAccounts(dueAt),
    restoreAccount({ userId, sessionId: SESSION_ID, origin }, now),
    times(3, () => startSession(proofOf(userId), now)),
    refresh(session),
    providerSignIn(userId),
  ]);
  expect(refreshed.state).toMatch(/^(?:live|ended)$/);
  expect(admitted.ok).toBe(true);
  return { userId, purged, restored, begun: begun.flatMap((one) => (one.ok ? [one.value] : [])) };
}

describe("F14, A98: the purge while its owner signs in, refreshes and keeps the account", () => {
  it("either keeps it whole or leaves nothing, and breaks nobody's request", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { userId, purged, restored, begun } = await decideAtOnce();
      const end = restored ? "account_deletion_cancelled" : "account_deleted";

      expect(purged).toBe(restored ? 0 : 1);
      expect(await db().user.count({ where: { id: userId } })).toBe(restored ? 1 : 0);
      expect(await eventsOf(userId)).toEqual(["account_deletion_requested", end]);
      expect(await mailsTo(`${userId}@example.com`)).toContain(end);
      const checked = await Promise.all(begun.map((claims) => refresh(claims)));
      expect(checked.filter(({ state }) => (state === "live") !== restored)).toEqual([]);
    }
  });
});
