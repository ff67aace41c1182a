import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

import { Failure } from "@/lib/failure";
import { freePort } from "./free-port";
import { isRoot, postgresBinaries, UNPRIVILEGED_ID } from "./postgres-binaries";
import { stopLeftover } from "./stop-leftover";

const USER = "latchkey";
const DATABASE = "latchkey";
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
/** Data that may be lost with the machine: tests start in a third of the time. */
const NOT_DURABLE = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

/** A running PostgreSQL of our own. */
export interface EmbeddedPostgres {
  /** With the password: for the environment of child processes, not for printing. */
  readonly url: string;
  readonly pid: number;
  /** Shuts it down cleanly, ending open connections. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a free loopback port, with its data in `dataDirectory`, which is made when it doesn't exist.
 *
 * @param options.durable - False: a crash of the machine may lose data, for tests.
 * @throws Failure `postgres_unavailable` with what PostgreSQL said.
 */
export async function startEmbeddedPostgres(options: {
  dataDirectory: string;
  durable: boolean;
}): Promise<EmbeddedPostgres> {
  const home = resolve(options.dataDirectory);
  const binaries = postgresBinaries();
  mkdirSync(home, { recursive: true, mode: 0o700 });
  await stopLeftover(join(home, "data"));
  const password = await initialiseOnce(home, binaries);

  const port = await freePort();
  const server = spawnAsOwner(join(binaries, "bin", "postgres"), join(home, "data"), [
    ...["-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    ...["-c", "max_connections=200", ...(options.durable ? [] : NOT_DURABLE)],
  ]);
  const said = collectOutput(server);
  const url = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  await waitUntilReady(server, url("postgres"), said);
  await createDatabase(url("postgres"));

  return { url: url(DATABASE), pid: server.pid ?? 0, stop: () => stop(server) };
}

/** Root can't run PostgreSQL and the owner can't enter root's folders, but may stay in the one it was put into. */
function spawnAsOwner(file: string, dataDirectory: string, args: readonly string[]): ChildProcess {
  const owner = isRoot() ? { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } : {};
  const path = isRoot() && existsSync("/proc/self/cwd") ? "/proc/self/cwd" : dataDirectory;
  return spawn(file, ["-D", path, ...args], {
    ...owner,
    cwd: dataDirectory,
    // A process group of its own: Ctrl-C in the terminal must reach the app first, which then stops this.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { NODE_ENV: "development", PATH: process.env["PATH"] ?? "", LC_ALL: "C", TZ: "UTC" },
  });
}

/** Makes the data folder under another name first, so that an interrupted start leaves nothing half made. */
async function initialiseOnce(home: string, binaries: string): Promise<string> {
  const passwordFile = join(home, "password");
  if (existsSync(join(home, "data", "PG_VERSION"))) return readFileSync(passwordFile, "utf8");

  const fresh = join(home, "data.new");
  rmSync(fresh, { recursive: true, force: true });
  rmSync(join(home, "data"), { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  const handover = mkdtempSync(join(tmpdir(), "latchkey-initdb-"));
  writeFileSync(join(handover, "password"), password, { mode: 0o600 });
  if (isRoot())
    for (const path of [fresh, handover, join(handover, "password")]) chownSync(path, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
  try {
    const initdb = spawnAsOwner(join(binaries, "bin", "initdb"), fresh, [
      ...["-U", USER, "-E", "UTF8", "--no-locale", "--auth=scram-sha-256", `--pwfile=${join(handover, "password")}`],
    ]);
    const said = collectOutput(initdb);
    const [code] = (await once(initdb, "exit")) as [number | null];
    if (code !== 0) throw new Failure("postgres_unavailable", `initdb ended with ${code}:\n${said()}`);
  } finally {
    rmSync(handover, { recursive: true, force: true });
  }
  writeFileSync(passwordFile, password, { mode: 0o600 });
  renameSync(fresh, join(home, "data"));
  return password;
}

function collectOutput(child: ChildProcess): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
    });
  }
  return () => output;
}

async function waitUntilReady(server: ChildProcess, url: string, said: () => string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && server.exitCode === null) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
    try {
      await client.connect();
      return;
    } catch {
      await sleep(20);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  server.kill("SIGQUIT");
  throw new Failure("postgres_unavailable", `PostgreSQL did not start:\n${said()}`);
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  // "Fast" shutdown: open transactions are rolled back. "Immediate" if that takes too long.
  server.kill("SIGINT");
  const inTime = await Promise.race([ended.then(() => true), sleep(STOP_TIMEOUT_MS, false, { ref: false })]);
  if (!inTime) {
    server.kill("SIGQUIT");
    await ended;
  }
}
