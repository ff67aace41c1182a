import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import type { HttpClient } from "@/attack/http-client";
import { holdAfterEachFault } from "../support/after-each-fault";
import { useInstances } from "../support/server-instances";
import {
  ageCookie,
  claimsOf,
  clearsCookie,
  generationsSetBy,
  signInOn,
  storedSession,
  storePerson,
} from "../support/session-cookies";

/** `ROTATION_ROUNDS=500 npx vitest run --project fault rotation-race` for more. */
const ROUNDS = Number(process.env["ROTATION_ROUNDS"] ?? 25);
const AT_ONCE = 50;
const MOST_TRIES = 5;
const BUSY_PAUSE_MS = 300;
const TIMEOUT_MS = 60_000 + ROUNDS * 3_000;

const instances = useInstances({}, {});
holdAfterEachFault(instances);

/** What tabs, scripts and prefetches ask for at one time. */
const PATHS = [
  "/api/me",
  "/api/me",
  "/api/me",
  "/api/me",
  "/api/sessions",
  "/api/me",
  "/api/me",
  "/api/me",
  "/api/me",
  "/dashboard",
];

/** As a browser's script does: 503 is a word of a busy machine, and the same cookie is sent again. */
async function untilServed(tab: HttpClient, path: string): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const response = await tab.get(path);
    await response.arrayBuffer();
    if (response.status !== 503 || tries === MOST_TRIES) return response;
    await sleep(BUSY_PAUSE_MS);
  }
}

/** Sends the browser's one cookie `AT_ONCE` times, spread over the instances; the browser keeps the last answer's. */
async function wakeAllTabs(browser: HttpClient): Promise<Response[]> {
  const { all } = instances();
  const tabs = Array.from({ length: AT_ONCE }, (_, index) => all[index % all.length]?.client(browser.cookies));
  const responses = await Promise.all(
    tabs.map(async (tab, index) => {
      if (!tab) throw new Error("There is an instance for each tab.");
      const response = await untilServed(tab, PATHS[index % PATHS.length] ?? "/api/me");
      for (const [name, value] of tab.cookies) browser.cookies.set(name, value);
      return response;
    }),
  );
  return responses;
}

describe("F14 · A16 · S4: one expired cookie, presented by all tabs at once, on two instances", () => {
  it(
    `${ROUNDS} rounds of ${AT_ONCE}: everybody stays signed in, the row moves once a round`,
    async ({ annotate }) => {
      const [first] = instances().all;
      if (!first) throw new Error("Two instances were started.");
      const person = await storePerson(instances());
      const browser = await signInOn(first, person);
      const { sid } = claimsOf(browser);

      const statuses = new Map<number, number>();
      for (let round = 1; round <= ROUNDS; round++) {
        ageCookie(browser);
        const responses = await wakeAllTabs(browser);

        for (const { status } of responses) statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const seen = {
          statuses: [...new Set(responses.map(({ status }) => status))],
          generations: [...new Set(responses.flatMap(generationsSetBy))],
          withoutCookie: responses.filter((response) => generationsSetBy(response).length !== 1).length,
          cleared: responses.filter(clearsCookie).length,
          row: (await storedSession(instances(), sid)).generation,
        };
        expect(seen).toEqual({ statuses: [200], generations: [round], withoutCookie: 0, cleared: 0, row: round });
      }
      const [{ reuses } = { reuses: -1 }] = await instances().query<{ reuses: number }>(
        "SELECT count(*)::int AS reuses FROM audit_events WHERE kind = 'session_reuse_detected'",
      );
      expect({ reuses, reason: (await storedSession(instances(), sid)).end_reason }).toEqual({
        reuses: 0,
        reason: null,
      });
      await annotate(`${ROUNDS} rounds × ${AT_ONCE}: ${JSON.stringify([...statuses])}, generation ${ROUNDS}`);
    },
    TIMEOUT_MS,
  );
});
