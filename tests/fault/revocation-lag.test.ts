import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { holdAfterEachFault } from "../support/after-each-fault";
import { distribution } from "../support/distribution";
import { type ServerInstance, useInstances } from "../support/server-instances";
import { claimsOf, type StoredPerson, signInOn, storePerson } from "../support/session-cookies";

/** `REVOCATION_ROUNDS=1000 npx vitest run --project fault revocation-lag` for more. */
const ROUNDS = Number(process.env["REVOCATION_ROUNDS"] ?? 40);
const AT_ONCE = 10;
const POLL_MS = 20;
const STALENESS_MS = 1_000;
const GIVE_UP_MS = 5_000;
const TIMEOUT_MS = 60_000 + ROUNDS * 600;

const instances = useInstances({}, {});
holdAfterEachFault(instances);

/** Ends a session, on the instance that it was signed in on. */
type Ending = (instance: ServerInstance, cookies: ReadonlyMap<string, string>, person: StoredPerson) => Promise<number>;

const ENDINGS: readonly Ending[] = [
  async (instance, cookies) => (await instance.client(cookies).post("/api/sign-out")).status,
  async (instance, cookies, person) => {
    const other = await signInOn(instance, person);
    return (await other.request("DELETE", `/api/sessions/${claimsOf({ cookies: new Map(cookies) }).sid}`)).status;
  },
];

/** Ends one session on A while B is asked with it all the time. */
async function endAndWatch(a: ServerInstance, b: ServerInstance, person: StoredPerson, ending: Ending) {
  const { cookies } = await signInOn(a, person);
  const copy = b.client(cookies);
  const accepted: number[] = [];
  let endedAtMs = Number.POSITIVE_INFINITY;
  const watch = async () => {
    for (;;) {
      const sentMs = performance.now();
      const { status } = await copy.get("/api/me");
      if (status !== 200) return { status, refusedMs: performance.now() };
      accepted.push(sentMs);
      if (sentMs - endedAtMs > GIVE_UP_MS) return { status, refusedMs: Number.POSITIVE_INFINITY };
      await sleep(POLL_MS);
    }
  };
  const watching = watch();
  while (accepted.length === 0) await sleep(POLL_MS);
  // Anywhere within the second between two readings of the feed.
  await sleep(50 + Math.random() * STALENESS_MS);
  const ended = await ending(a, cookies, person);
  endedAtMs = performance.now();
  const onA = await a.client(cookies).get("/api/me");
  const { status, refusedMs } = await watching;
  return {
    statuses: [ended, onA.status, status],
    acceptedBefore: accepted.some((sentMs) => sentMs < endedAtMs),
    /** How long after the end was acknowledged a request could still be sent that was accepted. */
    lastAcceptedMs: Math.max(0, ...accepted.map((sentMs) => sentMs - endedAtMs)),
    refusedAfterMs: Math.max(0, refusedMs - endedAtMs),
  };
}

describe("S3 · S9 · F10: a session that is ended on one instance", () => {
  it(
    `${ROUNDS} times: refused there at once, and on the other within 1 s and one request`,
    async ({ annotate }) => {
      const [a, b] = instances().all;
      if (!a || !b) throw new Error("Two instances were started.");
      const person = await storePerson(instances());
      const seen: Awaited<ReturnType<typeof endAndWatch>>[] = [];
      while (seen.length < ROUNDS) {
        const some = Array.from({ length: Math.min(AT_ONCE, ROUNDS - seen.length) }, (_, index) => {
          const ending = ENDINGS[index % ENDINGS.length];
          if (!ending) throw new Error("There are two ways to end a session.");
          return endAndWatch(a, b, person, ending);
        });
        seen.push(...(await Promise.all(some)));
      }
      await annotate(`accepted on the other instance up to: ${distribution(seen.map((one) => one.lastAcceptedMs))}`);
      await annotate(`refused there for the first time after: ${distribution(seen.map((one) => one.refusedAfterMs))}`);

      expect([...new Set(seen.map(({ statuses }) => statuses.join(" ")))]).toEqual(["204 401 401"]);
      expect(seen.every(({ acceptedBefore }) => acceptedBefore)).toBe(true);
      expect(seen.filter(({ lastAcceptedMs }) => lastAcceptedMs > STALENESS_MS)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
