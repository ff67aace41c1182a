import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { holdAfterEachFault } from "../support/after-each-fault";
import { type FaultyPostgres, startFaultyPostgres } from "../support/faulty-postgres";
import { type ServerInstance, type ServerInstances, startInstances } from "../support/server-instances";
import {
  ageCookie,
  claimsOf,
  clearsCookie,
  generationsSetBy,
  type StoredPerson,
  signInOn,
  storedSession,
  storePerson,
} from "../support/session-cookies";

const GRACE_SECONDS = 3;
/** Cuts after every so many bytes of what the database says: `CUT_STEP=1 npx vitest run --project fault lost-answer`. */
const CUT_STEP = Number(process.env["CUT_STEP"] ?? 24);
/** More than the database answers to one rotation. */
const CUT_UP_TO = 1_200;
/** A presented generation is noted in the row a moment later. */
const CONFIRMED_AFTER_MS = 80;

let postgres: FaultyPostgres;
let instances: ServerInstances;
let graceful: ServerInstance;
let graceless: ServerInstance;
let person: StoredPerson;

holdAfterEachFault(() => instances);
beforeAll(async () => {
  postgres = await startFaultyPostgres();
  const environments = [GRACE_SECONDS, 0].map((grace) => ({
    DATABASE_URL: postgres.urlOfServers,
    SESSION_ROTATION_GRACE: String(grace),
  }));
  instances = await startInstances(environments, postgres.url);
  const [first, second] = instances.all;
  if (!first || !second) throw new Error("Two instances were started.");
  [graceful, graceless] = [first, second];
  person = await storePerson(instances);
});
afterAll(async () => {
  await instances?.stop();
  await postgres?.remove();
});

/** Every way in which a browser's cookie is rotated. */
const ROTATIONS: Readonly<Record<string, (client: HttpClient) => Promise<Response>>> = {
  "POST /api/refresh": (client) => client.post("/api/refresh"),
  "GET /api/me": (client) => client.get("/api/me"),
  "GET /api/auth/session": (client) => client.get("/api/auth/session"),
  "GET /dashboard": (client) => client.get("/dashboard"),
};
const ways = Object.keys(ROTATIONS);

/** Sends a copy of the browser's cookie, and throws the answer away. */
async function loseAnswer(browser: HttpClient, way: string): Promise<void> {
  const response = await ROTATIONS[way]?.(graceful.client(browser.cookies));
  expect(response?.status).toBe(200);
  await response?.arrayBuffer();
}

async function newOverdueBrowser(): Promise<HttpClient> {
  const browser = await signInOn(graceful, person);
  ageCookie(browser);
  return browser;
}

// At once: each waits for most of its time.
describe.concurrent("F20 · S5: the answer to a rotation is lost", () => {
  it.each(ways.flatMap((way) => [1, GRACE_SECONDS + 1].map((seconds) => [way, seconds] as const)))(
    "%s, tried again after %i s: the same successor, and still signed in",
    async (way, seconds) => {
      const browser = await newOverdueBrowser();
      const { sid } = claimsOf(browser);
      await loseAnswer(browser, way);
      await sleep(seconds * 1_000);

      const response = await ROTATIONS[way]?.(browser);
      if (!response) throw new Error("There is such a way.");
      await response.arrayBuffer();
      expect({ status: response.status, generations: generationsSetBy(response) }).toEqual({
        status: 200,
        generations: [1],
      });
      expect(await storedSession(instances, sid)).toMatchObject({ generation: 1, end_reason: null });
      expect((await browser.get("/api/me")).status).toBe(200);
    },
  );

  it("twice in a row, with time between: still signed in", async () => {
    const browser = await newOverdueBrowser();
    for (const way of ["GET /api/me", "POST /api/refresh"]) {
      await loseAnswer(browser, way);
      await sleep((GRACE_SECONDS + 1) * 1_000);
    }
    expect((await browser.get("/api/me")).status).toBe(200);
  });
});

describe.concurrent("S6: the answer arrived somewhere, and was used", () => {
  it.each([
    [1, 200],
    [GRACE_SECONDS + 1, 401],
  ])("the predecessor comes %i s later: %i", async (seconds, status) => {
    const browser = await newOverdueBrowser();
    const other = graceful.client(browser.cookies);
    expect((await other.get("/api/me")).status).toBe(200);
    expect((await other.get("/api/me")).status).toBe(200);
    await sleep(seconds * 1_000);

    const response = await browser.get("/api/me");
    expect(response.status).toBe(status);
    expect((await other.get("/api/me")).status).toBe(status);
    const reason = status === 401 ? "reuse_detected" : null;
    expect((await storedSession(instances, claimsOf(browser).sid)).end_reason).toBe(reason);
    if (status === 401) expect(await response.json()).toMatchObject({ code: "session_ended", reason });
  });
});

/** One rotation, cut after so many bytes of what the database says, and one try again. */
async function rotateThroughCut(browser: HttpClient, bytes: number) {
  const { sid } = claimsOf(browser);
  // The feed is read anew, and what was presented is confirmed, so that the cut meets the rotation.
  expect((await browser.get("/api/me")).status).toBe(200);
  await sleep(CONFIRMED_AFTER_MS);
  ageCookie(browser);
  const before = await storedSession(instances, sid);
  const disarm = postgres.network.cutAfter(bytes);
  const attempt = await browser.get("/api/me");
  await attempt.arrayBuffer();
  const cut = disarm();
  const moved = (await storedSession(instances, sid)).generation - before.generation;
  const cleared = clearsCookie(attempt);
  const retry = await browser.get("/api/me");
  await retry.arrayBuffer();
  return { cut, status: attempt.status, moved, cleared, retried: retry.status };
}

describe("F5: the connection to the database is cut in the middle of a rotation", () => {
  it(`after every ${CUT_STEP} bytes up to ${CUT_UP_TO}, without any grace: trying again is safe`, async ({
    annotate,
  }) => {
    const browser = await signInOn(graceless, person);
    const outcomes = new Map<string, number>();
    for (let bytes = 0; bytes <= CUT_UP_TO; bytes += CUT_STEP) {
      const outcome = await rotateThroughCut(browser, bytes);
      const { status, moved, cleared, retried } = outcome;
      expect([200, 503], `after ${bytes} bytes`).toContain(status);
      expect([0, 1], `after ${bytes} bytes`).toContain(moved);
      expect({ bytes, cleared, retried }).toEqual({ bytes, cleared: false, retried: 200 });
      const key = `${status}, row moved by ${moved}`;
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
    }
    await annotate(JSON.stringify(Object.fromEntries(outcomes)));
    // Else the sweep never met what it is for: the row moved, and nobody was told.
    expect(outcomes.get("503, row moved by 1")).toBeGreaterThan(0);
    expect((await storedSession(instances, claimsOf(browser).sid)).end_reason).toBeNull();
  });
});
