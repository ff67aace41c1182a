import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { holdAfterEachFault, probeWith } from "../support/after-each-fault";
import { TEST_ENVIRONMENT } from "../support/environment";
import { expectProblem } from "../support/problem";
import { type ServerInstance, useInstances } from "../support/server-instances";
import { claimsOf, clearsCookie, SESSION_COOKIE, signInOn, storePerson } from "../support/session-cookies";

const OLD = TEST_ENVIRONMENT.AUTH_SECRET;
const NEW = "a-younger-secret-Jq5Tn8Wd2Xs6Ub3Mv9Kf";
const ACCESS_SECONDS = 2;
const BROWSERS = 4;
/** So many rotations of each browser's cookie: by then each instance has looked who else is there. */
const SETTLING_ROTATIONS = 3;
const GIVE_UP_MS = 30_000;

const instances = useInstances(
  ...[OLD, OLD].map((secret) => ({ AUTH_SECRET: secret, SESSION_ACCESS_TTL: String(ACCESS_SECONDS) })),
);
holdAfterEachFault(instances);

/** The JWE header names the key that the cookie was sealed with. */
const keyOf = (cookie: string | undefined) => {
  const header: unknown = JSON.parse(Buffer.from(cookie?.split(".")[0] ?? "", "base64url").toString() || "{}");
  return (header as { kid?: string }).kid ?? "";
};

interface Seen {
  readonly statuses: Set<number>;
  requests: number;
  cleared: number;
  /** Told to try again by an instance that is busy: no word about the session. */
  busy: number;
}

/** Asks every instance in turn, in no order that an instance could count on. One that is restarting is passed over. */
async function keepAsking(browser: HttpClient, seen: Seen, lasts: () => boolean): Promise<void> {
  while (lasts()) {
    for (const instance of instances().all) {
      const tab = instance.client(browser.cookies);
      const response = await tab.get("/api/me").catch(() => null);
      if (!response) continue;
      await response.arrayBuffer();
      seen.requests++;
      if (response.status === 503) seen.busy++;
      else seen.statuses.add(response.status);
      if (clearsCookie(response)) seen.cleared++;
      for (const [name, value] of tab.cookies) browser.cookies.set(name, value);
    }
    await sleep(100);
  }
}

async function until(holds: () => boolean): Promise<void> {
  const beganMs = performance.now();
  while (!holds()) {
    if (performance.now() - beganMs > GIVE_UP_MS) throw new Error(`Waited in vain until ${holds}`);
    await sleep(50);
  }
}

async function restartWith(instance: ServerInstance | undefined, secrets: string): Promise<void> {
  await instance?.terminate();
  await instance?.start({ AUTH_SECRET: secrets });
}

describe("F9 · S12: AUTH_SECRET is exchanged under load, one instance after the other", () => {
  it("[old] → [new, old] → [new], in one step each: nobody is signed out, no cookie is cleared", async ({
    annotate,
    task,
  }) => {
    const [a, b] = instances().all;
    if (!a || !b) throw new Error("Two instances were started.");
    // A first try that was late has left them with the new one.
    if (task.result?.retryCount) for (const instance of [a, b]) await restartWith(instance, OLD);
    const person = await storePerson(instances());
    const browsers = await Promise.all(Array.from({ length: BROWSERS }, () => signInOn(a, person)));
    const sealedWithOld = browsers[0]?.cookies.get(SESSION_COOKIE);
    const keysInUse = () => [...new Set(browsers.map(({ cookies }) => keyOf(cookies.get(SESSION_COOKIE))))];
    const [oldKey] = keysInUse();

    const seen: Seen = { statuses: new Set(), requests: 0, cleared: 0, busy: 0 };
    let rolling = true;
    const load = Promise.all(browsers.map((browser) => keepAsking(browser, seen, () => rolling)));

    await restartWith(b, `${NEW},${OLD}`);
    // Now one instance has [new, old] and one has [old]. Who signs in on either is known to both.
    const newcomer = await signInOn(b, person);
    expect((await a.client(newcomer.cookies).get("/api/me")).status).toBe(200);
    const before = browsers.map((browser) => claimsOf(browser).gen);
    await until(() => browsers.every((browser, i) => claimsOf(browser).gen - (before[i] ?? 0) >= SETTLING_ROTATIONS));
    expect(keysInUse()).toEqual([oldKey]);

    await restartWith(a, `${NEW},${OLD}`);
    await until(() => keysInUse().length === 1 && keysInUse()[0] !== oldKey);
    // Signing in has the password's pepper follow: see docs/decisions/003-password-storage.md for whoever doesn't come by.
    await signInOn(a, person);
    probeWith(instances(), person);

    await restartWith(b, NEW);
    await restartWith(a, NEW);
    const asked = seen.requests;
    await until(() => seen.requests > asked + 2 * BROWSERS);
    rolling = false;
    await load;
    await annotate(`${seen.requests} requests, ${seen.busy} of them told to try again`);
    expect({ statuses: [...seen.statuses], cleared: seen.cleared }).toEqual({ statuses: [200], cleared: 0 });

    // What the old secret sealed has ended with it, and is left alone.
    const leftOver = a.client(new Map([[SESSION_COOKIE, sealedWithOld ?? ""]]));
    const refused = await leftOver.get("/api/me");
    expect(clearsCookie(refused)).toBe(false);
    await expectProblem(refused, 401, "unauthenticated");
  });
});
