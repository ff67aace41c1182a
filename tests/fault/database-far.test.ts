import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import type { HttpClient } from "@/attack/http-client";
import { newAddress } from "../support/accounts";
import { holdAfterEachFault } from "../support/after-each-fault";
import { distribution } from "../support/distribution";
import { type FaultyPostgres, startFaultyPostgres } from "../support/faulty-postgres";
import { mailedToken } from "../support/mailed-token";
import { type ServerInstance, type ServerInstances, startInstances } from "../support/server-instances";
import { ageCookie, claimsOf, clearsCookie, signInOn, storedSession, storePerson } from "../support/session-cookies";

/** A request waits 1.3 s for a connection and 1.5 s for each answer at most: lib/db.ts. */
const LONGEST_ANSWER_MS = 5_000;
/** As many wrong passwords as an account bears before it is asked to wait: features/rate-limit/policy.ts. */
const PASSWORD_TRIES = 10;
const SMALL_POOL = 2;
const PARALLEL = 200;

let postgres: FaultyPostgres;
let instances: ServerInstances;
let limited: ServerInstance;
let narrow: ServerInstance;

holdAfterEachFault(() => instances);
beforeAll(async () => {
  postgres = await startFaultyPostgres();
  const common = { DATABASE_URL: postgres.urlOfServers };
  const own = [{ RATE_LIMIT_SCALE: "1" }, { DATABASE_POOL_SIZE: String(SMALL_POOL) }];
  instances = await startInstances(
    own.map((variables) => ({ ...common, ...variables })),
    postgres.url,
  );
  const [first, second] = instances.all;
  if (!first || !second) throw new Error("Two instances were started.");
  [limited, narrow] = [first, second];
});
afterEach(() => postgres.network.slowDown(0));
afterAll(async () => {
  await instances?.stop();
  await postgres?.remove();
});

async function timed(asked: Promise<Response>) {
  const beganMs = performance.now();
  const response = await asked;
  await response.arrayBuffer();
  const { status, headers } = response;
  const tookMs = performance.now() - beganMs;
  return { status, tookMs, retryAfter: headers.get("retry-after"), cleared: clearsCookie(response) };
}

const statusesOf = (answers: readonly { status: number }[]) => [...new Set(answers.map(({ status }) => status))].sort();

describe("F3: the database is far away", () => {
  it("150 ms each way: slower, and nothing else", async ({ annotate }) => {
    const browser = await signInOn(narrow, await storePerson(instances));
    postgres.network.slowDown(150);
    const tookMs: number[] = [];
    for (let round = 1; round <= 2; round++) {
      ageCookie(browser);
      const asked = ["/api/me", "/dashboard", "/api/me"].map((path) => timed(browser.get(path)));
      const answers = await Promise.all(asked);
      expect(statusesOf(answers)).toEqual([200]);
      tookMs.push(...answers.map((answer) => answer.tookMs));
      expect((await storedSession(instances, claimsOf(browser).sid)).generation).toBe(round);
    }
    await annotate(distribution(tookMs));
    expect(Math.max(...tookMs)).toBeLessThan(3_000);
  });

  it("50 ms each way: a token that ten redeem at once is redeemed once", async () => {
    const [email, password] = [newAddress(), "violet kettle drums past midnight"];
    expect((await narrow.client().post("/api/sign-up", { email, password })).status).toBe(202);
    const token = await mailedToken(instances, email, "/verify-email");
    postgres.network.slowDown(50);
    const asked = Array.from({ length: 10 }, () => timed(limited.client().post("/api/verify-email", { token })));
    const answers = await Promise.all(asked);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(statusesOf(answers).filter((status) => ![200, 400, 503].includes(status))).toEqual([]);
  });

  it("50 ms each way: of twice as many wrong passwords as an account bears, the rest is asked to wait", async () => {
    const { email } = await storePerson(instances);
    postgres.network.slowDown(50);
    const statuses: number[] = [];
    for (let batch = 0; batch < 2; batch++) {
      const tries = Array.from({ length: PASSWORD_TRIES }, () =>
        timed(limited.client().post("/api/sign-in", { email, password: "not the right one at all" })),
      );
      statuses.push(...(await Promise.all(tries)).map(({ status }) => status));
    }
    const count = (status: number) => statuses.filter((one) => one === status).length;
    expect({ wrong: count(401), waiting: count(429) + count(503) }).toEqual({
      wrong: PASSWORD_TRIES,
      waiting: PASSWORD_TRIES,
    });
  });

  it.each([500, 2_000])("%i ms each way: 200 or 503, and nobody waits for ever", async (latencyMs) => {
    const browsers = await Promise.all([1, 2, 3].map(async () => signInOn(narrow, await storePerson(instances))));
    for (const browser of browsers) ageCookie(browser);
    postgres.network.slowDown(latencyMs);
    const answers = await Promise.all(browsers.map((browser) => timed(browser.get("/api/me"))));
    expect(statusesOf(answers).filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(answers.filter(({ status, retryAfter }) => status === 503 && !retryAfter)).toEqual([]);
    expect(answers.filter(({ cleared, tookMs }) => cleared || tookMs > LONGEST_ANSWER_MS)).toEqual([]);
    postgres.network.slowDown(0);
    for (const browser of browsers) await expectServed(browser);
  });
});

/** Connections that were opened through the bad network are given up one after the other. */
async function expectServed(browser: HttpClient): Promise<void> {
  await expect.poll(async () => (await browser.get("/api/me")).status, { timeout: 5_000, interval: 50 }).toBe(200);
}

describe("F4: a pool of two connections", () => {
  it(`${PARALLEL} requests that need one, at once: served or 503, within a bound, and sessions of others go on`, async ({
    annotate,
  }) => {
    const person = await storePerson(instances);
    const inside = await signInOn(narrow, person);
    const browsers = await Promise.all(Array.from({ length: 20 }, () => signInOn(narrow, person)));
    for (const browser of browsers) ageCookie(browser);
    postgres.network.slowDown(20);
    const crowd = Promise.all(
      Array.from({ length: PARALLEL }, (_, index) =>
        timed(narrow.client(browsers[index % browsers.length]?.cookies).get("/api/me")),
      ),
    );
    const meanwhile = await Promise.all(Array.from({ length: 10 }, () => timed(inside.get("/api/me"))));
    const answers = await crowd;
    await annotate(`${distribution(answers.map(({ tookMs }) => tookMs))}, ${JSON.stringify(statusesOf(answers))}`);
    expect(statusesOf(meanwhile)).toEqual([200]);
    expect(statusesOf(answers).filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(answers.filter(({ status, retryAfter }) => status === 503 && !retryAfter)).toEqual([]);
    expect(answers.filter(({ cleared, tookMs }) => cleared || tookMs > LONGEST_ANSWER_MS)).toEqual([]);
    const [{ open } = { open: 0 }] = await instances.query<{ open: number }>(
      "SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    // The other instance has ten.
    expect(open).toBeLessThanOrEqual(SMALL_POOL + 10);
  });
});
