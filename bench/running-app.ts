import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { Failure } from "@/lib/failure";
import { freePort } from "../scripts/development/free-port";
import type { Contestant } from "./contestants";

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;
const POLL_MS = 2;
/** Linux counts a process's time in hundredths of a second: man 5 proc_pid_stat. */
const TICKS_PER_SECOND = 100;
const USER_TIME_FIELD = 11;
const SYSTEM_TIME_FIELD = 12;

/** An application that answers. */
export interface RunningApp {
  readonly contestant: Contestant;
  readonly origin: string;
  /** From the start of its process to its first answer. */
  readonly startedInMs: number;
  /** CPU time that its process has used so far, all threads together; NaN where there is no /proc. */
  cpuSeconds(): number;
  /** Memory that its process holds; NaN where there is no /proc. */
  rssMb(): number;
  stop(): Promise<void>;
}

/** @throws Failure `bench_app_failed` with what it printed. */
export async function startApp(
  contestant: Contestant,
  databaseUrl: string,
  nodeArguments: readonly string[] = [],
): Promise<RunningApp> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, [...nodeArguments, ...contestant.startArguments], {
    cwd: contestant.folder,
    env: {
      ...{ PATH: process.env["PATH"] ?? "", NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      ...{ DATABASE_URL: databaseUrl, PORT: String(port), ...contestant.environment(origin) },
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
  }
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    process.removeListener("exit", kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await Promise.race([once(child, "exit"), sleep(STOP_TIMEOUT_MS).then(kill)]);
  };
  while (!(await answers(origin + contestant.paths.open))) {
    if (child.exitCode !== null || performance.now() - began > START_TIMEOUT_MS) {
      await stop();
      throw new Failure("bench_app_failed", `${contestant.name} did not start:\n${said}`);
    }
    await sleep(POLL_MS);
  }
  const startedInMs = performance.now() - began;
  const pid = child.pid ?? 0;
  return { ...{ contestant, origin, startedInMs, stop }, cpuSeconds: () => cpuOf(pid), rssMb: () => rssOf(pid) };
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(address);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function cpuOf(pid: number): number {
  const stat = readProc(pid, "stat");
  // The second field is a name in brackets, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[USER_TIME_FIELD]) + Number(fields[SYSTEM_TIME_FIELD])) / TICKS_PER_SECOND;
}

function rssOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, "status")) ?? [];
  return Number(kilobytes) / 1024;
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
