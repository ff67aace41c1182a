import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { holdAfterEachFault } from "../support/after-each-fault";
import { distribution } from "../support/distribution";
import { type FaultyPostgres, startFaultyPostgres } from "../support/faulty-postgres";
import { type ServerInstance, type ServerInstances, startInstances } from "../support/server-instances";
import { ageCookie, claimsOf, clearsCookie, signInOn, storedSession, storePerson } from "../support/session-cookies";

const FROZEN_MS = 5_000;
const SHORT_GRACE_SECONDS = 2;
const STALENESS_MS = 1_000;
/** No request may keep anybody waiting longer, whatever the database does. */
const LONGEST_ANSWER_MS = 3_000;
const LONGEST_RECOVERY_MS = 5_000;

let postgres: FaultyPostgres;
let instances: ServerInstances;

holdAfterEachFault(() => instances);
beforeAll(async () => {
  postgres = await startFaultyPostgres();
  const common = { DATABASE_URL: postgres.urlOfServers };
  const graces = [{ REVOCATION_OUTAGE_GRACE: "60" }, { REVOCATION_OUTAGE_GRACE: String(SHORT_GRACE_SECONDS) }];
  instances = await startInstances(
    graces.map((grace) => ({ ...common, ...grace })),
    postgres.url,
  );
});
afterEach(() => postgres.thaw());
afterAll(async () => {
  await instances?.stop();
  await postgres?.remove();
});

interface Answer {
  /** Milliseconds after the freeze at which the request was sent. */
  readonly sentMs: number;
  readonly tookMs: number;
  readonly status: number;
  readonly retryAfter: string | null;
  readonly cleared: boolean;
}

/** Asks again and again, as soon as there is an answer, for as long as `lasts` says. */
async function keepAsking(browser: HttpClient, path: string, lasts: () => boolean): Promise<Answer[]> {
  const beganMs = performance.now();
  const answers: Answer[] = [];
  while (lasts()) {
    const sentMs = performance.now();
    const response = await browser.get(path);
    await response.arrayBuffer();
    const [tookMs, retryAfter] = [performance.now() - sentMs, response.headers.get("retry-after")];
    const cleared = clearsCookie(response);
    answers.push({ sentMs: sentMs - beganMs, tookMs, status: response.status, retryAfter, cleared });
    await sleep(50);
  }
  return answers;
}

const count = (values: readonly number[]) =>
  Object.fromEntries([...new Set(values)].sort().map((value) => [value, values.filter((v) => v === value).length]));

/** Signs in three browsers: two inside their window, one whose window is over when the database freezes. */
async function signInThree(instance: ServerInstance) {
  const person = await storePerson(instances);
  const [onApi, onPage, over] = await Promise.all([1, 2, 3].map(() => signInOn(instance, person)));
  if (!onApi || !onPage || !over) throw new Error("Three were signed in.");
  // What answers from memory has been asked once before.
  for (const path of ["/api/me", "/dashboard"]) expect((await onPage.get(path)).status).toBe(200);
  ageCookie(over);
  return { onApi, onPage, over };
}

async function freezeAndAsk({ onApi, onPage, over }: Awaited<ReturnType<typeof signInThree>>, frozenMs: number) {
  postgres.freeze();
  const untilMs = performance.now() + frozenMs;
  const lasts = () => performance.now() < untilMs;
  const [api, page, rotating, refreshing] = await Promise.all([
    keepAsking(onApi, "/api/me", lasts),
    keepAsking(onPage, "/dashboard", lasts),
    keepAsking(over, "/api/me", lasts),
    keepAsking(over, "/dashboard", lasts),
  ]);
  postgres.thaw();
  return { api, page, overdue: [...rotating, ...refreshing] };
}

async function recoveryMs(browser: HttpClient, path: string): Promise<number> {
  const beganMs = performance.now();
  while ((await browser.get(path)).status !== 200) {
    if (performance.now() - beganMs > 2 * LONGEST_RECOVERY_MS) throw new Error("It did not recover.");
    await sleep(50);
  }
  return performance.now() - beganMs;
}

const at = (index: number): ServerInstance => {
  const instance = instances.all[index];
  if (!instance) throw new Error("Two instances were started.");
  return instance;
};

describe("F2 · S10: the database is frozen", () => {
  it("inside the outage's grace: windows go on, everything else is 503 within 3 s, nobody is signed out", async ({
    annotate,
  }) => {
    const browsers = await signInThree(at(0));
    const { api, page, overdue } = await freezeAndAsk(browsers, FROZEN_MS);
    const recovered = await recoveryMs(browsers.over, "/api/me");

    await annotate(
      `window /api/me ${JSON.stringify(count(api.map((a) => a.status)))} ${distribution(api.map((a) => a.tookMs))}`,
    );
    await annotate(
      `window /dashboard ${JSON.stringify(count(page.map((a) => a.status)))} ${distribution(page.map((a) => a.tookMs))}`,
    );
    await annotate(
      `overdue ${JSON.stringify(count(overdue.map((a) => a.status)))} ${distribution(overdue.map((a) => a.tookMs))}`,
    );
    await annotate(`recovered after ${Math.round(recovered)} ms`);
    expect({ api: count(api.map((a) => a.status)), page: count(page.map((a) => a.status)) }).toEqual({
      api: { 200: api.length },
      page: { 200: page.length },
    });
    expect(overdue.filter(({ status, retryAfter }) => status !== 503 || !retryAfter)).toEqual([]);
    expect([...api, ...page, ...overdue].filter(({ cleared }) => cleared)).toEqual([]);
    expect([...api, ...page, ...overdue].filter(({ tookMs }) => tookMs > LONGEST_ANSWER_MS)).toEqual([]);
    expect(recovered).toBeLessThan(LONGEST_RECOVERY_MS);
    // The rotation that was in the database's hands when it froze was carried out at most once.
    const row = await storedSession(instances, claimsOf(browsers.over).sid);
    expect({ ...row, generation: row.generation }).toMatchObject({ end_reason: null, generation: 1 });
  });

  it("after the outage's grace: 503 with Retry-After for windows too, and 200 again without a restart", async ({
    annotate,
  }) => {
    const browsers = await signInThree(at(1));
    const { api, page, overdue } = await freezeAndAsk(browsers, FROZEN_MS);
    const recovered = await Promise.all([
      recoveryMs(browsers.onApi, "/api/me"),
      recoveryMs(browsers.onPage, "/dashboard"),
      recoveryMs(browsers.over, "/api/me"),
    ]);

    const both = [...api, ...page];
    await annotate(
      `windows ${JSON.stringify(count(both.map((a) => a.status)))} ${distribution(both.map((a) => a.tookMs))}`,
    );
    await annotate(
      `overdue ${JSON.stringify(count(overdue.map((a) => a.status)))} ${distribution(overdue.map((a) => a.tookMs))}`,
    );
    await annotate(`recovered after ${recovered.map(Math.round).join(", ")} ms`);
    const graceMs = SHORT_GRACE_SECONDS * 1000;
    // The last good reading was up to a second before the freeze, and a page takes a moment from the gate to its render.
    const before = both.filter(({ sentMs, tookMs }) => sentMs + tookMs < graceMs - STALENESS_MS);
    const after = both.filter(({ sentMs }) => sentMs > graceMs);
    expect({ before: count(before.map((a) => a.status)), after: count(after.map((a) => a.status)) }).toEqual({
      before: { 200: before.length },
      after: { 503: after.length },
    });
    expect(after.filter(({ retryAfter }) => !retryAfter)).toEqual([]);
    expect(overdue.filter(({ status }) => status !== 503)).toEqual([]);
    expect([...both, ...overdue].filter(({ cleared }) => cleared)).toEqual([]);
    expect([...both, ...overdue].filter(({ tookMs }) => tookMs > LONGEST_ANSWER_MS)).toEqual([]);
    expect(Math.max(...recovered)).toBeLessThan(LONGEST_RECOVERY_MS);
  });
});
