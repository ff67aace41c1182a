import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

import { noteRunningEnvironment, runningEnvironment } from "@/scripts/development/running-environment";

const root = mkdtempSync(join(tmpdir(), "latchkey-running-"));
const data = join(root, ".data");
mkdirSync(data);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const STARTED = {
  DATABASE_URL: "postgres://x@127.0.0.1/x",
  AUTH_SECRET: "s",
  AUTH_GOOGLE_ID: "g",
  HOME: "/root",
  EMAIL_FROM: undefined,
};

describe("noteRunningEnvironment", () => {
  it("notes what is ours and nothing else, for the owner alone, until the start is over", () => {
    const remove = noteRunningEnvironment(root, STARTED);
    const file = join(data, "running.json");

    expect(statSync(file).mode & 0o777).toBe(0o600);
    remove();
    expect(existsSync(file)).toBe(false);
  });
});

describe("runningEnvironment", () => {
  it("is what runs, as long as its process does, whatever that left behind when it was killed", async () => {
    noteRunningEnvironment(root, STARTED);
    expect(runningEnvironment(root)).toBe(null);

    const start = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "run.mjs"], { stdio: "ignore" });
    writeFileSync(join(data, "claim.pid"), String(start.pid));
    const { HOME: _home, EMAIL_FROM: _from, ...ours } = STARTED;
    expect(runningEnvironment(root)).toEqual(ours);

    start.kill("SIGKILL");
    await once(start, "exit");
    expect(runningEnvironment(root)).toBe(null);
  });
});
