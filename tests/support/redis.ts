import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll } from "vitest";

const PROGRAM = "redis-server";

/** Whether this machine has a Redis to start. Its tests are skipped where not, and are counted as that. */
export const HAS_REDIS = spawnSync(PROGRAM, ["--version"]).status === 0;

/** A Redis of this test file's own. */
export interface TestRedis {
  readonly url: string;
  start(): Promise<void>;
  /** Stops it as a machine that hangs: connections stay open, and nothing answers. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** Starts one before the tests of the file, and ends it after them; `REDIS_URL` names it. */
export function useRedis(port: number): TestRedis {
  const url = `redis://127.0.0.1:${port}`;
  process.env["REDIS_URL"] = url;
  let running: ChildProcess | null = null;
  const start = async () => {
    const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    running = spawn(PROGRAM, options, { stdio: ["ignore", "pipe", "ignore"] });
    for await (const chunk of running.stdout ?? []) if (String(chunk).includes("Ready to accept")) break;
  };
  const stop = async () => {
    const child = running;
    running = null;
    if (!child) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  if (HAS_REDIS) {
    beforeAll(start);
    afterAll(stop);
  }
  return { url, start, stop, freeze: () => running?.kill("SIGSTOP"), thaw: () => running?.kill("SIGCONT") };
}
