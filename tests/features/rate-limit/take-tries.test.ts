import { beforeAll, describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { BUDGETS } from "@/features/rate-limit/policy";
import { isRateLimited, secondsToWait } from "@/features/rate-limit/rate-limited";
import { type Draws, forgetTries, takeTries } from "@/features/rate-limit/take-tries";
import { uuidv7 } from "@/lib/uuid";
import { useDatabase } from "../../support/database";

process.env["RATE_LIMIT_SCALE"] = "1";
const database = useDatabase();
const ACCOUNT_TRIES = BUDGETS.password_account.tries;
const ORIGIN = { ip: "192.0.2.1", userAgent: "Firefox" };

const together = (count: number, draws: Draws) => Promise.all(Array.from({ length: count }, () => takeTries(draws)));
/** A budget that refused is not asked again for a second. */
const pastMemory = () => new Promise((resolve) => setTimeout(resolve, 1_050));

/** The same, twenty at a time. */
async function inTurns(turns: number, draws: Draws): Promise<number> {
  let allowed = 0;
  for (let turn = 0; turn < turns; turn++) allowed += allowedOf(await together(20, draws));
  return allowed;
}

const allowedOf = (results: readonly { ok: boolean }[]) => results.filter(({ ok }) => ok).length;
const newName = () => `${crypto.randomUUID()}@example.com`;

beforeAll(async () => {
  // Connected, so that no burst has to wait for that.
  await together(10, { code_network: "192.0.2.8" });
});

describe("takeTries", () => {
  it("A25: allows exactly as many of a hundred at once as there are tries", async () => {
    const whose = newName();
    const results = await together(100, { password_account: whose });

    expect(allowedOf(results)).toBe(ACCOUNT_TRIES);
    expect(allowedOf(await together(20, { password_account: whose }))).toBe(0);
    expect(allowedOf(await together(1, { password_account: newName() }))).toBe(1);
  });

  it("A25: begins exactly one new window when the old one ends in the middle of a burst", async () => {
    const whose = newName();
    await together(ACCOUNT_TRIES + 5, { password_account: whose });
    // All windows end between the first and the last of these fifty.
    await pastMemory();
    await database.query("UPDATE rate_limits SET expire = $1", [Date.now() + 20]);
    const results = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        await new Promise((resolve) => setTimeout(resolve, index));
        return takeTries({ password_account: whose });
      }),
    );

    expect(allowedOf(results)).toBe(ACCOUNT_TRIES);
  });

  it("says how long to wait: until the window ends, and never less than a second", async () => {
    const draws = { password_account: newName() };
    const [refused] = (await together(ACCOUNT_TRIES + 1, draws)).filter(({ ok }) => !ok);
    expect(refused?.ok === false && secondsToWait(refused.refusal)).toBe(BUDGETS.password_account.seconds);

    await pastMemory();
    await database.query("UPDATE rate_limits SET expire = $1", [Date.now() + 950]);
    expect(await takeTries(draws)).toEqual({ ok: false, refusal: "rate_limited:1" });
  });

  it("A23: leaves a month's budget alone with tries that the short one refuses", async () => {
    const whose = newName();
    await inTurns(6, { password_account: whose, password_account_month: whose });
    await forgetTries({ password_account: whose });
    const month = BUDGETS.password_account_month.tries - ACCOUNT_TRIES;

    expect(await inTurns(6, { password_account_month: whose })).toBe(month);
  });

  it("counts what is given back as if it had not been tried", async () => {
    const draws = { password_account: newName(), code_network: "192.0.2.9" };
    for (let round = 0; round < ACCOUNT_TRIES + 3; round++) {
      const taken = await takeTries(draws);
      expect(taken.ok).toBe(true);
      if (taken.ok) await taken.value.giveBack();
    }
    expect(allowedOf(await together(30, draws))).toBe(ACCOUNT_TRIES);
  });

  it("writes one row for a limit that is hit, however often it is hit again", async () => {
    const userId = uuidv7(new Date()) as UserId;
    const draws = { password_account: newName() };
    await Promise.all(
      Array.from({ length: 40 }, () => takeTries(draws, { findUserId: async () => userId, origin: ORIGIN })),
    );

    expect(await database.query("SELECT kind, ip, details FROM audit_events WHERE user_id = $1", [userId])).toEqual([
      { kind: "rate_limited", ip: "192.0.2.1", details: { budget: "password_account" } },
    ]);
  });

  it("asks the store no more than it has to: of fifty at once eleven times, one after the other", async () => {
    await database.query("DELETE FROM rate_limits");
    await together(50, { password_account: newName() });
    const points = await database.query<{ points: number }>("SELECT points FROM rate_limits");
    expect(points).toEqual([{ points: ACCOUNT_TRIES + 1 }]);
  });

  it("A98: stores neither addresses nor networks", async () => {
    await takeTries({ password_account: "somebody@example.com", password_network: "198.51.100.7" });
    const rows = await database.query<{ key: string }>("SELECT key FROM rate_limits");

    expect(rows.every(({ key }) => /^[\w-]{43}$/.test(key))).toBe(true);
  });

  it("lets nothing through when nobody can count", async () => {
    await database.query("ALTER TABLE rate_limits RENAME TO elsewhere");
    await expect(takeTries({ password_account: newName() })).rejects.toThrow();
    await database.query("ALTER TABLE elsewhere RENAME TO rate_limits");
  });

  it("refuses with a refusal that is known as one", async () => {
    const results = await together(ACCOUNT_TRIES + 1, { password_account: newName() });
    const refused = results.find(({ ok }) => !ok);
    expect(refused?.ok === false && isRateLimited(refused.refusal)).toBe(true);
  });
});
