import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/scripts/development/embedded-postgres";
import { applyMigrations } from "@/scripts/migrations/apply-migrations";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy";

/** A Postgres of its own, behind a bad network, that can be frozen, stopped and started again. */
export interface FaultyPostgres {
  /** As the servers reach it: through `network`. */
  readonly urlOfServers: string;
  /** As the tests reach it. Another one after each `start`. */
  url(): string;
  readonly network: TcpProxy;
  /** SIGSTOP to the postmaster and everything that it started: connections stay open, and nothing answers. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
  /** `kill -9` to all of it: nothing gets to finish, and the next start has to recover. */
  crash(): Promise<void>;
  /** Starts it again on the data that it left. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Starts and migrates a database server for one test file.
 *
 * @param options.folder - Where its data lies; removed with it.
 * @param options.durable - What it has committed survives `crash()`.
 */
export async function startFaultyPostgres(
  options: { folder?: string; durable?: boolean } = {},
): Promise<FaultyPostgres> {
  const { folder = mkdtempSync(join(tmpdir(), "latchkey-faulty-")), durable = false } = options;
  const start = () => startEmbeddedPostgres({ dataDirectory: join(folder, "postgres"), durable });
  let running: EmbeddedPostgres | null = await start();
  await applyMigrations(running.url);
  const network = await startTcpProxy(portOf(running.url));
  const current = () => {
    if (!running) throw new Error("Postgres was stopped.");
    return running;
  };
  const stop = async () => {
    await running?.stop();
    running = null;
  };
  return {
    urlOfServers: withPort(running.url, network.port),
    url: () => current().url,
    network,
    freeze: () => signalTree(current().pid, "SIGSTOP"),
    thaw: () => signalTree(current().pid, "SIGCONT"),
    stop,
    crash: async () => {
      killTree(current().pid);
      await stop();
    },
    start: async () => {
      running = await start();
      network.leadTo(portOf(running.url));
    },
    remove: async () => {
      await network.close();
      if (running) signalTree(running.pid, "SIGCONT");
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The parent first, so that it starts no more children meanwhile. */
function signalTree(pid: number, signal: NodeJS.Signals): void {
  process.kill(pid, signal);
  for (const child of childrenOf(pid)) signalIfThere(child, signal);
}

/** Children of a process that is gone are nobody's: they are listed before. */
function killTree(pid: number): void {
  process.kill(pid, "SIGSTOP");
  const children = childrenOf(pid);
  process.kill(pid, "SIGKILL");
  for (const child of children) signalIfThere(child, "SIGKILL");
}

function childrenOf(pid: number): number[] {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = processes.map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([child, parent]) => (child !== undefined && parent === pid ? [child] : []));
}

/** A connection's process may be gone since it was listed. */
function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const portOf = (url: string) => Number(new URL(url).port);

function withPort(url: string, port: number): string {
  const other = new URL(url);
  other.port = String(port);
  return other.href;
}
