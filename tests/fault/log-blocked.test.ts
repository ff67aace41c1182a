import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type HttpClient, newHttpClient } from "@/attack/http-client";
import { freePort } from "@/scripts/development/free-port";
import { newAddress } from "../support/accounts";
import { newDatabase } from "../support/database";
import { TEST_ENVIRONMENT } from "../support/environment";
import { brokenInvariants } from "../support/global-invariants";
import { type StoredPerson, storePerson } from "../support/session-cookies";
import { ROOT } from "../support/source-files";

/** A process that waits for its output to be read answers nothing at all, however long one waits. */
const LONGEST_ANSWER_MS = 15_000;
const REPORTS = 5;
const READ_ONLY = constants.O_RDONLY | constants.O_NONBLOCK;
const WRITE_ONLY = constants.O_WRONLY | constants.O_NONBLOCK;

const database = newDatabase();
const folder = mkdtempSync(join(tmpdir(), "latchkey-log-"));
let person: StoredPerson;
const running: ChildProcess[] = [];

beforeAll(async () => {
  await database.create();
  person = await storePerson(database);
});
afterAll(async () => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the server with an output of ours. */
async function startWith(stdout: number): Promise<{ child: ChildProcess; client: () => HttpClient }> {
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", join(ROOT, "scripts", "app-server.ts")], {
    cwd: ROOT,
    env: {
      ...{ ...TEST_ENVIRONMENT, PATH: process.env["PATH"] ?? "", NODE_ENV: "production", DATABASE_URL: database.url },
      ...{ PORT: String(port), RATE_LIMIT_SCALE: "1000", PASSWORD_HASH: "argon2id", LATCHKEY_LOOPBACK_ONLY: "1" },
    },
    stdio: ["ignore", stdout, "ignore", "ipc"],
  });
  running.push(child);
  const client = () => newHttpClient(TEST_ENVIRONMENT.AUTH_URL, undefined, `http://localhost:${port}`);
  const isReady = () =>
    client()
      .get("/readyz")
      .then(({ status }) => status === 200)
      .catch(() => false);
  await expect.poll(isReady, { timeout: 30_000, interval: 100 }).toBe(true);
  return { child, client };
}

/** Has it write lines, and signs in all the same. */
async function expectAlive(child: ChildProcess, client: () => HttpClient): Promise<void> {
  const within = { signal: AbortSignal.timeout(LONGEST_ANSWER_MS) };
  const answered = (async () => {
    for (let report = 0; report < REPORTS; report++) {
      const body = { "csp-report": { "document-uri": "http://localhost/", "violated-directive": "img-src" } };
      const headers = { "content-type": "application/csp-report" };
      expect((await client().post("/api/security-reports", body, { headers })).status).toBe(204);
    }
    const { email, password } = person;
    const browser = client();
    expect((await browser.post("/api/sign-in", { email, password })).status).toBe(200);
    expect((await browser.get("/dashboard")).status).toBe(200);
    expect((await client().post("/api/sign-in", { email, password: "not the right one at all" })).status).toBe(401);
    expect((await client().post("/api/sign-up", { email: newAddress(), password })).status).toBe(202);
  })();
  await Promise.race([
    answered,
    once(within.signal, "abort").then(() => expect.unreachable("It answers nothing any more")),
  ]);
  expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  expect(await brokenInvariants(database.query)).toEqual([]);
}

const drain = (reader: number) => {
  try {
    while (readSync(reader, Buffer.alloc(64 * 1024)) > 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
  }
};

const fill = (writer: number) => {
  for (const bytes of [4096, 1]) {
    try {
      for (;;) writeSync(writer, Buffer.alloc(bytes, "."));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
};

describe("F22: nobody takes what the server prints", () => {
  it("a full pipe, and then one that nobody holds: it lives, answers, and decides as ever", async () => {
    const pipe = join(folder, "stdout");
    execFileSync("mkfifo", [pipe]);
    const reader = openSync(pipe, READ_ONLY);
    const [writer, filler] = [openSync(pipe, constants.O_WRONLY), openSync(pipe, WRITE_ONLY)];
    const { child, client } = await startWith(writer);
    drain(reader);
    fill(filler);
    await expectAlive(child, client);

    // Now EPIPE: the only reader goes.
    for (const end of [writer, filler, reader]) closeSync(end);
    await expectAlive(child, client);
  });

  it.skipIf(process.platform !== "linux")("F13: a disk that is full: the same", async () => {
    const { child, client } = await startWith(openSync("/dev/full", "w"));
    await expectAlive(child, client);
  });
});
