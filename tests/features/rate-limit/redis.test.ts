import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { BUDGETS } from "@/features/rate-limit/policy";
import { takeTries } from "@/features/rate-limit/take-tries";
import { redis } from "@/lib/redis";
import { useDatabase } from "../../support/database";
import { HAS_REDIS, useRedis } from "../../support/redis";

process.env["RATE_LIMIT_SCALE"] = "1";
const database = useDatabase();
const PORT = 20_000 + (process.pid % 10_000);
const server = useRedis(PORT);
const TRIES = BUDGETS.password_account.tries;

const newName = () => `${crypto.randomUUID()}@example.com`;
const until = async (status: string) => {
  while ((await redis())?.status !== status) await new Promise((resolve) => setTimeout(resolve, 10));
};
const allowedOf = async (count: number, whose: string) => {
  const results = await Promise.all(Array.from({ length: count }, () => takeTries({ password_account: whose })));
  return results.filter(({ ok }) => ok).length;
};
const countedInPostgres = async () =>
  (await database.query<{ n: number }>("SELECT count(*)::int AS n FROM rate_limits"))[0]?.n;

afterAll(async () => {
  if (HAS_REDIS) (await redis())?.disconnect();
});

beforeAll(async () => {
  // Connected, so that no burst has to wait for that.
  await Promise.all(Array.from({ length: 10 }, countedInPostgres));
});

describe.skipIf(!HAS_REDIS)("with REDIS_URL", () => {
  it("A25: Redis counts, exactly, and what it stores names nobody", async () => {
    await redis();
    await until("ready");
    expect(await allowedOf(40, newName())).toBe(TRIES);
    expect(await countedInPostgres()).toBe(0);

    const keys = (await (await redis())?.keys("*")) ?? [];
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatch(/^latchkey:limit:[\w-]{43}$/);
    expect(await (await redis())?.ttl(keys[0] ?? "")).toBeGreaterThan(BUDGETS.password_account.seconds - 60);
  });

  it("F6: with Redis frozen Postgres counts, and only the first waits for an answer", async () => {
    const whose = newName();
    server.freeze();
    await allowedOf(1, whose);
    const beganMs = performance.now();
    expect(await allowedOf(40, whose)).toBe(TRIES - 1);
    expect(performance.now() - beganMs).toBeLessThan(1500);

    server.thaw();
    await until("ready");
    // Redis has its own count again.
    expect(await allowedOf(1, newName())).toBe(1);
  });

  it("F6: with Redis gone Postgres counts; with both gone nothing is let through", async () => {
    await server.stop();
    await until("reconnecting");
    expect(await allowedOf(40, newName())).toBe(TRIES);

    await database.query("ALTER TABLE rate_limits RENAME TO elsewhere");
    await expect(takeTries({ password_account: newName() })).rejects.toThrow();
    await database.query("ALTER TABLE elsewhere RENAME TO rate_limits");

    await server.start();
    await until("ready");
    expect(await allowedOf(40, newName())).toBe(TRIES);
  });
});
