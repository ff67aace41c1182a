import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { newAddress } from "../support/accounts";
import { expectSound, holdAfterEachFault } from "../support/after-each-fault";
import { distribution } from "../support/distribution";
import { type FaultyPostgres, startFaultyPostgres } from "../support/faulty-postgres";
import { type ServerInstance, type ServerInstances, startInstances } from "../support/server-instances";
import { ageCookie, claimsOf, clearsCookie, signInOn, storedSession, storePerson } from "../support/session-cookies";

const AWAY_MS = 3_000;
const LONGEST_ANSWER_MS = 3_000;
const LONGEST_RECOVERY_MS = 5_000;
const CUTS = 10;
const REQUESTS_PER_CUT = 12;
const CRASHES = 3;

let postgres: FaultyPostgres;
let instances: ServerInstances;
let server: ServerInstance;

holdAfterEachFault(() => instances);
beforeAll(async () => {
  postgres = await startFaultyPostgres({ durable: true });
  instances = await startInstances([{ DATABASE_URL: postgres.urlOfServers }], postgres.url);
  const [only] = instances.all;
  if (!only) throw new Error("One instance was started.");
  server = only;
});
afterAll(async () => {
  await instances?.stop();
  await postgres?.remove();
});

const askedOf = (client: HttpClient, paths: readonly string[]) => Promise.all(paths.map((path) => timed(client, path)));

async function timed(client: HttpClient, path: string) {
  const beganMs = performance.now();
  const response = await client.get(path);
  await response.arrayBuffer();
  const retryAfter = response.headers.get("retry-after");
  return {
    ...{ path, status: response.status, retryAfter, cleared: clearsCookie(response) },
    tookMs: performance.now() - beganMs,
  };
}

async function untilOk(client: HttpClient, path: string): Promise<number> {
  const beganMs = performance.now();
  while ((await client.get(path)).status !== 200) {
    if (performance.now() - beganMs > 2 * LONGEST_RECOVERY_MS) throw new Error(`${path} did not recover.`);
    await sleep(20);
  }
  return performance.now() - beganMs;
}

describe("F1: the database is stopped", () => {
  it("health stays 200, readiness goes and comes back, windows go on, the rest is 503, all without a restart", async ({
    annotate,
  }) => {
    const person = await storePerson(instances);
    const inside = await signInOn(server, person);
    const over = await signInOn(server, person);
    ageCookie(over);
    // What an outage is measured from: the last time that the feed could be read.
    expect((await inside.get("/api/me")).status).toBe(200);
    const { email, password } = person;
    await postgres.stop();
    postgres.network.accept(false);

    const untilMs = performance.now() + AWAY_MS;
    const seen: Awaited<ReturnType<typeof timed>>[] = [];
    while (performance.now() < untilMs) {
      seen.push(...(await askedOf(inside, ["/healthz", "/readyz", "/api/me", "/dashboard"])));
      seen.push({ ...(await timed(over, "/api/me")), path: "overdue /api/me" });
      seen.push({ ...(await timed(over, "/dashboard")), path: "overdue /dashboard" });
      const signIn = await server.client().post("/api/sign-in", { email, password });
      expect([signIn.status, signIn.headers.getSetCookie()]).toEqual([503, []]);
    }
    postgres.network.accept(true);
    await postgres.start();
    const recovered = [await untilOk(over, "/api/me"), await untilOk(server.client(), "/readyz")];

    const outcomes = new Set(seen.map(({ path, status, retryAfter }) => `${path} ${status} ${retryAfter}`));
    expect([...outcomes].sort()).toEqual([
      ...["/api/me 200 null", "/dashboard 200 null", "/healthz 200 null", "/readyz 503 2"],
      ...["overdue /api/me 503 2", "overdue /dashboard 503 2"],
    ]);
    expect(seen.filter(({ cleared, tookMs }) => cleared || tookMs > LONGEST_ANSWER_MS)).toEqual([]);
    expect(Math.max(...recovered)).toBeLessThan(LONGEST_RECOVERY_MS);
    await annotate(
      `${distribution(seen.map(({ tookMs }) => tookMs))}; recovered after ${recovered.map(Math.round)} ms`,
    );
  });
});

describe("F1: the database's processes are killed in the middle of what they do", () => {
  it(`${CRASHES} times: 200 and all of it, or 503 and to be tried again; nobody is told that a password is wrong`, async ({
    annotate,
  }) => {
    const person = await storePerson(instances);
    const seen = new Map<string, number>();
    for (let crash = 0; crash < CRASHES; crash++) {
      const browsers = await Promise.all([1, 2, 3].map(() => signInOn(server, person)));
      for (const browser of browsers) ageCookie(browser);
      const { email, password } = person;
      const sent = [
        ...browsers.map((browser) => browser.post("/api/refresh")),
        ...[1, 2, 3].map(() => server.client().post("/api/sign-in", { email, password })),
        ...[1, 2, 3].map(() => server.client().post("/api/sign-up", { email: newAddress(), password })),
      ].map((answer) => answer.then(({ status, url }) => `${new URL(url).pathname} ${status}`));
      await sleep(Math.random() * 150);
      await postgres.crash();
      for (const outcome of await Promise.all(sent)) seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      await postgres.start();
      await expectSound(instances);
      for (const browser of browsers) expect((await browser.get("/api/me")).status).toBe(200);
    }
    await annotate(JSON.stringify(Object.fromEntries(seen)));
    const served = ["/api/refresh 200", "/api/sign-in 200", "/api/sign-up 202"];
    expect([...seen.keys()].filter((outcome) => !outcome.endsWith(" 503") && !served.includes(outcome))).toEqual([]);
  });
});

describe("F17: all connections to the database are reset", () => {
  it(`${CUTS} times in the middle of traffic: the first retry succeeds`, async ({ annotate }) => {
    const person = await storePerson(instances);
    const browsers = await Promise.all(Array.from({ length: REQUESTS_PER_CUT }, () => signInOn(server, person)));
    const failed = new Map<number, number>();
    let resets = 0;
    for (let cut = 0; cut < CUTS; cut++) {
      for (const browser of browsers) ageCookie(browser);
      const sent = browsers.map(async (browser, index) => {
        await sleep(Math.random() * 30);
        return timed(browser, index % 3 === 0 ? "/dashboard" : "/api/me");
      });
      await sleep(Math.random() * 40);
      resets += postgres.network.reset();
      const first = await Promise.all(sent);
      for (const { status } of first) failed.set(status, (failed.get(status) ?? 0) + 1);
      expect(first.filter(({ status, cleared }) => cleared || (status !== 200 && status !== 503))).toEqual([]);

      const retried = await Promise.all(browsers.map((browser) => timed(browser, "/api/me")));
      expect(retried.map(({ status }) => status)).toEqual(browsers.map(() => 200));
    }
    await annotate(`${resets} connections reset; first tries ${JSON.stringify(Object.fromEntries(failed))}`);
    expect((await server.client().get("/readyz")).status).toBe(200);
    for (const browser of browsers) {
      expect((await storedSession(instances, claimsOf(browser).sid)).end_reason).toBeNull();
    }
  });
});
