import { once } from "node:events";
import { type ClientRequest, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { holdAfterEachFault } from "../support/after-each-fault";
import { distribution } from "../support/distribution";
import { type ServerInstance, useInstances } from "../support/server-instances";
import { ageCookie, claimsOf, signInOn, storedSession, storePerson } from "../support/session-cookies";

const LONGEST_EXIT_MS = 11_000;
/** An instance that nobody holds up should be gone long before it must. */
const USUAL_EXIT_MS = 6_000;
const WORKERS = 4;
/** `ROLLING_ROUNDS=10 npx vitest run --project fault rolling-restart` for more. */
const ROUNDS = Number(process.env["ROLLING_ROUNDS"] ?? 1);

const BUSY_ROUNDS = 3;
const BUSY_PAUSE_MS = 300;

const instances = useInstances({}, {});
holdAfterEachFault(instances);

/** A sign-in whose body is on its way: the server has said that it may come. */
async function beginSignIn(instance: ServerInstance, body: string): Promise<ClientRequest> {
  const begun = request(`${instance.address}/api/sign-in`, {
    method: "POST",
    headers: {
      ...{ "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      expect: "100-continue",
    },
  });
  begun.flushHeaders();
  await once(begun, "continue");
  begun.write(body.slice(0, 10));
  return begun;
}

/** Until new connections are refused: the signal has arrived. */
async function untilClosed(instance: ServerInstance): Promise<void> {
  while (
    await instance
      .client()
      .get("/healthz")
      .catch(() => null)
  )
    await sleep(20);
}

/**
 * Sends one request, and on to the next instance when one can't be reached or has no room, as balancers do. Where the only one
 * that is there says 503, it is asked again in a moment: it is busy, and says so.
 */
async function sendOn(browser: HttpClient, turn: number): Promise<{ status: number; passedOn: number }> {
  const { all } = instances();
  const most = BUSY_ROUNDS * all.length;
  let last: unknown;
  for (let passedOn = 0; passedOn <= most; passedOn++) {
    if (passedOn > 0 && passedOn % all.length === 0) await sleep(BUSY_PAUSE_MS);
    const tab = all[(turn + passedOn) % all.length]?.client(browser.cookies);
    const response = await tab?.get(turn % 5 === 0 ? "/dashboard" : "/api/me").catch((error: unknown) => error);
    last = response;
    if (!tab || !(response instanceof Response)) continue;
    await response.arrayBuffer();
    if (response.status === 503) continue;
    for (const [name, value] of tab.cookies) browser.cookies.set(name, value);
    return { status: response.status, passedOn };
  }
  throw new Error("No instance served it.", { cause: last });
}

/** Until an instance serves: whoever rolls on sooner has none that does. */
async function untilReady(instance: ServerInstance): Promise<void> {
  const isReady = async () => (await instance.client().get("/readyz")).status === 200;
  while (!(await isReady().catch(() => false))) await sleep(50);
}

/** One browser that never rests, its requests round robin. */
async function keepAsking(browser: HttpClient, index: number, lasts: () => boolean) {
  const sent: { status: number; passedOn: number; tookMs: number }[] = [];
  for (let turn = index; lasts(); turn++) {
    if (turn % 7 === 0) ageCookie(browser);
    const beganMs = performance.now();
    sent.push({ ...(await sendOn(browser, turn)), tookMs: performance.now() - beganMs });
    await sleep(20);
  }
  return { sent, reason: (await storedSession(instances(), claimsOf(browser).sid)).end_reason };
}

describe("F11: SIGTERM", () => {
  it("a request in flight is finished, and the process is gone at once after it", async () => {
    const [instance] = instances().all;
    if (!instance) throw new Error("Two instances were started.");
    const { email, password } = await storePerson(instances());
    const body = JSON.stringify({ email, password });
    const begun = await beginSignIn(instance, body);
    const answered = once(begun, "response");
    const ended = instance.terminate();
    await untilClosed(instance);
    begun.end(body.slice(10));

    const [response] = await answered;
    response.resume();
    expect(response.statusCode).toBe(200);
    const { exitCode, tookMs } = await ended;
    expect(exitCode).toBe(0);
    expect(tookMs).toBeLessThan(USUAL_EXIT_MS);
    await instance.start();
  });

  it("a client that never finishes does not hold it up for longer than 10 s", async () => {
    const [instance] = instances().all;
    if (!instance) throw new Error("Two instances were started.");
    const begun = await beginSignIn(instance, JSON.stringify({ email: "a@example.com", password: "x".repeat(20) }));
    const broken = once(begun, "error");
    const { exitCode, tookMs } = await instance.terminate();
    expect(exitCode).toBe(0);
    expect(tookMs).toBeLessThan(LONGEST_EXIT_MS);
    await broken;
    await instance.start();
  });

  it("a rolling restart under load: no request fails, nobody is signed out", async ({ annotate }) => {
    const [first] = instances().all;
    if (!first) throw new Error("Two instances were started.");
    // Signed in before anything ends: a sign-in that meets a closing door is another test's.
    const signingIn = Array.from({ length: WORKERS }, async () => signInOn(first, await storePerson(instances())));
    const browsers = await Promise.all(signingIn);
    let restarting = true;
    const load = Promise.all(browsers.map((browser, index) => keepAsking(browser, index, () => restarting)));
    // Told of where it is awaited.
    load.catch(() => undefined);
    const exits: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const instance of instances().all) {
        await sleep(700);
        const { exitCode, tookMs } = await instance.terminate();
        expect(exitCode).toBe(0);
        exits.push(tookMs);
        await instance.start();
        await untilReady(instance);
      }
    }
    restarting = false;
    const seen = await load;
    const sent = seen.flatMap((worker) => worker.sent);
    const passedOn = sent.reduce((sum, one) => sum + one.passedOn, 0);
    await annotate(`${sent.length} requests, ${passedOn} passed on; ${distribution(sent.map(({ tookMs }) => tookMs))}`);
    await annotate(`exits ${exits.join(", ")} ms`);
    expect({
      statuses: [...new Set(sent.map(({ status }) => status))],
      reasons: [...new Set(seen.map(({ reason }) => reason))],
    }).toEqual({ statuses: [200], reasons: [null] });
    expect(Math.max(...exits)).toBeLessThan(USUAL_EXIT_MS);
  });
});
