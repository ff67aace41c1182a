import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import type { HttpClient } from "@/attack/http-client";
import { holdAfterEachFault } from "../support/after-each-fault";
import { type ServerInstance, useInstances } from "../support/server-instances";
import {
  ageCookie,
  claimsOf,
  clearsCookie,
  type StoredSession,
  signInOn,
  storePerson,
} from "../support/session-cookies";

/** `KILL_ROUNDS=200 npx vitest run --project fault instance-killed` for as many killed processes. */
const ROUNDS = Number(process.env["KILL_ROUNDS"] ?? 6);
/** Each kill meets so many rotations at once: with the default, 60 in all. */
const BROWSERS = 10;
/** The kill comes somewhere within what so many rotations take. */
const KILL_WITHIN_MS = 60;
const TIMEOUT_MS = 60_000 + ROUNDS * 6_000;
const WAYS = ["GET /api/me", "POST /api/refresh", "GET /dashboard"] as const;

// No grace: whoever comes back with the old cookie has no excuse but that its answer was lost (S5).
const instances = useInstances(...Array.from({ length: 3 }, () => ({ SESSION_ROTATION_GRACE: "0" })));
holdAfterEachFault(instances);

/** Sends the browser's cookie to `instance`. Without an answer the browser keeps the cookie that it had. */
async function send(browser: HttpClient, instance: ServerInstance, way: string): Promise<Response | null> {
  const tab = instance.client(browser.cookies);
  const [method = "", path = ""] = way.split(" ");
  try {
    const response = await tab.request(method, path);
    await response.arrayBuffer();
    for (const [name, value] of tab.cookies) browser.cookies.set(name, value);
    if (!tab.cookies.size) browser.cookies.clear();
    return response;
  } catch {
    return null;
  }
}

/** As a browser's script does: 503 says to try again, and is no sign-out. */
async function sendUntilServed(browser: HttpClient, instance: ServerInstance): Promise<Response | null> {
  for (let attempt = 1; ; attempt++) {
    const response = await send(browser, instance, "GET /api/me");
    if (response?.status !== 503 || attempt === 5) return response;
    busy++;
    await sleep(500);
  }
}
let busy = 0;

async function rowsOf(browsers: readonly HttpClient[]): Promise<StoredSession[]> {
  const ids = browsers.map((browser) => claimsOf(browser).sid);
  return instances().query<StoredSession>(
    "SELECT generation, confirmed_generation, end_reason FROM sessions WHERE id = ANY($1) ORDER BY id",
    [ids],
  );
}

/** What the kill did to each of the rotations that it met, and what came of trying again elsewhere. */
function judge(
  rows: readonly StoredSession[][],
  answers: readonly (Response | null)[],
  retries: readonly (Response | null)[],
) {
  const [before = [], killed = [], again = []] = rows;
  const moved = (row: StoredSession, index: number) => row.generation - (before[index]?.generation ?? 0);
  return {
    outcomes: killed.map(
      (row, index) => `${answers[index] ? "answered" : "answer lost"}, row moved by ${moved(row, index)}`,
    ),
    verdict: {
      statuses: [...new Set([...answers.filter((answer) => answer !== null), ...retries].map((r) => r?.status))],
      cleared: [...answers, ...retries].filter((answer) => answer && clearsCookie(answer)).length,
      ended: again.filter(({ end_reason }) => end_reason !== null).length,
      generationsAdded: [...new Set(again.map(moved))],
    },
  };
}

describe("F12: kill -9 in the middle of rotations", () => {
  it(
    `${ROUNDS} kills × ${BROWSERS} rotations: the browser's last cookie still works elsewhere`,
    async ({ annotate }) => {
      const { all } = instances();
      const person = await storePerson(instances());
      const browsers = await Promise.all(Array.from({ length: BROWSERS }, () => signInOn(pick(all, 0), person)));
      browsers.sort((a, b) => (claimsOf(a).sid < claimsOf(b).sid ? -1 : 1));

      const seen = new Map<string, number>();
      const starting = new Map<ServerInstance, Promise<void>>();
      for (let round = 0; round < ROUNDS; round++) {
        const [victim, survivor] = [pick(all, round), pick(all, round + 1)];
        await Promise.all([starting.get(victim), starting.get(survivor)]);
        for (const browser of browsers) ageCookie(browser);
        const before = await rowsOf(browsers);
        const sent = browsers.map((browser) => send(browser, victim, pick(WAYS, round)));
        await sleep(Math.random() * KILL_WITHIN_MS);
        await victim.kill();
        const answers = await Promise.all(sent);
        starting.set(victim, victim.start());
        const killed = await rowsOf(browsers);
        const retries = await Promise.all(browsers.map((browser) => sendUntilServed(browser, survivor)));

        const { outcomes, verdict } = judge([before, killed, await rowsOf(browsers)], answers, retries);
        expect(verdict).toEqual({ statuses: [200], cleared: 0, ended: 0, generationsAdded: [1] });
        for (const outcome of outcomes) seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      }
      await Promise.all(starting.values());
      await annotate(`${ROUNDS} kills: ${JSON.stringify(Object.fromEntries(seen))}, told to try again: ${busy}`);
      // Else no kill met what this is for: the row moved, and nobody was told.
      expect(seen.get("answer lost, row moved by 1")).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});

/** Going round. */
function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
}
