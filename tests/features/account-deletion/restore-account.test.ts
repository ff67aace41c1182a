import { describe, expect, it } from "vitest";

import { purgeAccounts } from "@/features/account-deletion/purge-accounts";
import { restoreAccount } from "@/features/account-deletion/restore-account";
import { checkSession } from "@/features/session/check-session";
import { describeSession } from "@/features/session/session";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { addSeconds } from "@/lib/clock";
import { useDatabase } from "../../support/database";
import { newPerson, newSession, now, rowOf } from "../session/person";
import { eventsOf, mailsTo, origin, requestNow, SESSION_ID } from "./people";

useDatabase();

const HOUR_SECONDS = 60 * 60;

const owner = (userId: Awaited<ReturnType<typeof newPerson>>) => ({ userId, sessionId: SESSION_ID, origin });

describe("a session begun while the account is due for deletion", () => {
  it("says so from its first cookie on, through every rotation, until the account is kept", async () => {
    const userId = await newPerson();
    const dueAt = await requestNow(userId);
    const claims = await newSession(userId);
    expect(claims.due).toBe(dueAt.getTime() / 1000);
    expect(describeSession(claims, []).deletionDueAt).toBe(dueAt.toISOString());

    const later = addSeconds(now, HOUR_SECONDS);
    const rotated = await checkSession(sealSessionCookie(claims), { now: later, mayRotate: true });
    expect(rotated).toMatchObject({ state: "live", rotated: true, claims: { gen: 1, due: claims.due } });

    expect(await restoreAccount(owner(userId), later)).toBe(true);
    if (rotated.state !== "live") throw new Error(rotated.state);
    const kept = await checkSession(sealSessionCookie(rotated.claims), { now: later, mayRotate: true });
    if (kept.state !== "live") throw new Error(kept.state);
    expect(kept.claims.due).toBeUndefined();
    expect(describeSession(kept.claims, [])).not.toHaveProperty("deletionDueAt");
  });
});

describe("restoreAccount", () => {
  it("keeps the account, and nothing that ended with the request comes back", async () => {
    const before = await newSession();
    await requestNow(before.sub);

    expect(await restoreAccount(owner(before.sub), now)).toBe(true);
    expect((await rowOf(before)).endReason).toBe("account_deleted");
    expect(await mailsTo(`${before.sub}@example.com`)).toEqual([
      "account_deletion_cancelled",
      "account_deletion_requested",
    ]);
    expect(await eventsOf(before.sub)).toEqual(["account_deletion_requested", "account_deletion_cancelled"]);
    expect(await purgeAccounts(addSeconds(now, 60 * 24 * HOUR_SECONDS))).toBe(0);
  });

  it("has one winner among many at once, and keeps nothing that isn't due", async () => {
    const userId = await newPerson();
    expect(await restoreAccount(owner(userId), now)).toBe(false);
    await requestNow(userId);
    const answers = await Promise.all(Array.from({ length: 8 }, () => restoreAccount(owner(userId), now)));

    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await eventsOf(userId)).toEqual(["account_deletion_requested", "account_deletion_cancelled"]);
  });

  it("is too late once the account is gone", async () => {
    const userId = await newPerson();
    expect(await purgeAccounts(await requestNow(userId))).toBe(1);

    expect(await restoreAccount(owner(userId), now)).toBe(false);
    expect(await eventsOf(userId)).toEqual(["account_deletion_requested", "account_deleted"]);
  });
});
