import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";

import type { HttpClient } from "@/attack/http-client";
import { holdAfterEachFault } from "../support/after-each-fault";
import { distribution } from "../support/distribution";
import { machineSlowness } from "../support/machine-slowness";
import { type ServerInstance, useInstances } from "../support/server-instances";
import { signInOn, storePerson } from "../support/session-cookies";

/** `LOAD_SECONDS=600 npx vitest run --project fault load` for ten minutes, at the end of which memory must have stayed flat. */
const LOAD_SECONDS = Number(process.env["LOAD_SECONDS"] ?? 5);
const IS_LONG = LOAD_SECONDS >= 300;
const WORKERS = 4;
const SIGN_INS_PER_SECOND = 8;
const LONGEST_P99_MS = 250;
/** `IDLE=10000 npx vitest run --project fault load`, where so many files may be open. */
const IDLE = Number(process.env["IDLE"] ?? 1_000);
const SLOW = 500;
const FLOOD = 200;
/** headersTimeout, and how often it is looked at: scripts/server/door.ts. */
const SLOW_ENDS_WITHIN_MS = 10_000 + 5_000 + 3_000;
/** More than the connections and a garbage collector's moods take. */
const MOST_MEMORY_MEGABYTES = 200;
const TIMEOUT_MS = 120_000 + LOAD_SECONDS * 2_000;

const instances = useInstances({});
holdAfterEachFault(instances);
const sockets: Socket[] = [];
afterAll(() => {
  for (const socket of sockets) socket.destroy();
});

const server = (): ServerInstance => {
  const [only] = instances().all;
  if (!only) throw new Error("One instance was started.");
  return only;
};

/** What the process holds in memory; null where the system doesn't say. */
function memoryMegabytes(): number | null {
  const status = `/proc/${server().pid()}/status`;
  if (!existsSync(status)) return null;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1]) / 1024;
}

const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

async function timed(browser: HttpClient, path: string) {
  const beganMs = performance.now();
  const response = await browser.get(path);
  await response.arrayBuffer();
  return { status: response.status, tookMs: performance.now() - beganMs };
}

/** Opens connections, a hundred at a time, and has each say this. */
async function open(count: number, said: string): Promise<Socket[]> {
  const port = Number(new URL(server().address).port);
  const opened: Socket[] = [];
  while (opened.length < count) {
    const batch = Array.from({ length: Math.min(100, count - opened.length) }, () => connect(port, "127.0.0.1"));
    for (const socket of batch) {
      socket.on("error", () => undefined);
      socket.resume();
    }
    await Promise.all(batch.map((socket) => once(socket, "connect")));
    for (const socket of batch) socket.write(said);
    opened.push(...batch);
  }
  sockets.push(...opened);
  return opened;
}

/** Sends one request over a connection of its own, and gives back the status. */
async function rawStatus(request: string): Promise<number> {
  const [socket] = await open(1, "");
  if (!socket) throw new Error("One was opened.");
  let answer = "";
  socket.on("data", (chunk: Buffer) => {
    answer += chunk.toString("latin1");
  });
  const closed = once(socket, "close");
  socket.write(request);
  await closed;
  return Number(answer.split(" ")[1]);
}

describe("F15: sign-ins beside session checks", () => {
  it(
    `${LOAD_SECONDS} s: no error, p99 of a session check below ${LONGEST_P99_MS} ms, memory flat`,
    async ({ annotate }) => {
      const person = await storePerson(instances());
      const browsers = await Promise.all(Array.from({ length: WORKERS }, () => signInOn(server(), person)));
      const checks: Awaited<ReturnType<typeof timed>>[] = [];
      const signIns: Promise<number>[] = [];
      const endMs = performance.now() + LOAD_SECONDS * 1_000;
      const middleMs = endMs - LOAD_SECONDS * 500;
      let middle: number | null = null;
      const workers = browsers.map(async (browser) => {
        while (performance.now() < endMs) checks.push(await timed(browser, "/api/me"));
      });
      while (performance.now() < endMs) {
        const { email, password } = person;
        signIns.push(
          server()
            .client()
            .post("/api/sign-in", { email, password })
            .then(({ status }) => status),
        );
        if (performance.now() > middleMs) middle ??= memoryMegabytes();
        await sleep(1_000 / SIGN_INS_PER_SECOND);
      }
      await Promise.all(workers);
      const statuses = [...new Set([...(await Promise.all(signIns)), ...checks.map(({ status }) => status)])];
      const end = memoryMegabytes();
      await annotate(`${signIns.length} sign-ins; checks ${distribution(checks.map(({ tookMs }) => tookMs))}`);
      await annotate(`memory ${middle?.toFixed()} → ${end?.toFixed()} MB`);
      expect(statuses).toEqual([200]);
      expect(
        quantile(
          checks.map(({ tookMs }) => tookMs),
          0.99,
        ),
      ).toBeLessThan(LONGEST_P99_MS * machineSlowness());
      if (middle !== null && end !== null) expect(end).toBeLessThan(middle * (IS_LONG ? 1.1 : 1.3));
    },
    TIMEOUT_MS,
  );
});

describe("F19: connections that want nothing, and requests that want too much", () => {
  it(
    `${SLOW} that drip, ${IDLE} that rest, floods of 431 and 413: others are served, memory is bounded, the slow ones end`,
    async ({ annotate }) => {
      const browser = await signInOn(server(), await storePerson(instances()));
      const before = memoryMegabytes();
      const began = performance.now();
      const slow = await open(SLOW, "POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
      const drip = setInterval(() => {
        for (const socket of slow) if (socket.writable) socket.write("x");
      }, 1_000);
      const idle = await open(IDLE, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      const served: Awaited<ReturnType<typeof timed>>[] = [];
      let flooding = true;
      const others = (async () => {
        while (flooding) {
          for (const path of ["/api/me", "/dashboard"]) served.push(await timed(browser, path));
          await sleep(50);
        }
      })();
      const large = `GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: ${"x".repeat(20 * 1024)}\r\n\r\n`;
      const body = "x".repeat(64 * 1024 + 1);
      const headers = `Host: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close`;
      const statuses = new Set<number>();
      for (let sent = 0; sent < FLOOD; sent += 20) {
        const flood = Array.from({ length: 20 }, (_, index) =>
          rawStatus(index % 2 ? large : `POST /api/sign-in HTTP/1.1\r\n${headers}\r\n\r\n${body}`),
        );
        // A client that is still sending may find the line closed before it has read why.
        for (const status of await Promise.all(flood)) if (!Number.isNaN(status)) statuses.add(status);
      }
      flooding = false;
      await others;
      const after = memoryMegabytes();
      const closed = () => slow.filter((socket) => socket.destroyed || socket.readableEnded).length;
      const left = SLOW_ENDS_WITHIN_MS - (performance.now() - began);
      await expect.poll(closed, { timeout: left, interval: 100 }).toBe(SLOW);
      clearInterval(drip);
      await annotate(
        `others ${distribution(served.map(({ tookMs }) => tookMs))}; ${before?.toFixed()} → ${after?.toFixed()} MB`,
      );
      expect([...statuses].sort()).toEqual([413, 431]);
      expect([...new Set(served.map(({ status }) => status))]).toEqual([200]);
      expect(
        quantile(
          served.map(({ tookMs }) => tookMs),
          0.99,
        ),
      ).toBeLessThan(2_000 * machineSlowness());
      if (before !== null && after !== null) expect(after - before).toBeLessThan(MOST_MEMORY_MEGABYTES);
      expect(idle).toHaveLength(IDLE);
    },
    TIMEOUT_MS,
  );
});
