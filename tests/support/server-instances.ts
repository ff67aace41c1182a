import { once } from "node:events";
import { afterAll, beforeAll } from "vitest";
import { type HttpClient, newHttpClient } from "@/attack/http-client";
import { freePort } from "@/scripts/development/free-port";
import { newDatabase } from "./database";
import { TEST_ENVIRONMENT } from "./environment";
import { runStatement } from "./postgres";
import { newSecretWitness, type SecretWitness } from "./secret-witness";
import { type ServerProcess, spawnServer } from "./server";

/** Variables of one instance that differ from the others'. */
export type InstanceEnvironment = Readonly<Record<string, string>>;

/** One real server of several over one database. Its process can be killed and started again on the same port. */
export interface ServerInstance {
  /** Where this one listens. What it takes for its public origin is the same for all. */
  readonly address: string;
  /** Starts it, with other variables than before if there are any. */
  start(changed?: InstanceEnvironment): Promise<void>;
  /** `kill -9`: nothing of it gets to finish. */
  kill(): Promise<void>;
  /** SIGTERM, and what came of it. */
  terminate(): Promise<{ exitCode: number | null; tookMs: number }>;
  /** All that it printed so far, its earlier processes included. */
  output(): string;
  /** Whether its process is there. */
  isRunning(): boolean;
  /** 0 when it is not. */
  pid(): number;
  /** A browser whose requests all reach this instance. */
  client(cookies?: ReadonlyMap<string, string>): HttpClient;
}

/** Several servers as behind a balancer without stickiness. */
export interface ServerInstances {
  readonly all: readonly ServerInstance[];
  /** Noted: each cookie that they set, and their own secrets. */
  readonly witness: SecretWitness;
  /** Runs a statement past the servers, and past whatever lies between them and their database. */
  query<Row extends Record<string, unknown>>(statement: string, values?: readonly unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

const COMMON: InstanceEnvironment = {
  ...TEST_ENVIRONMENT,
  PASSWORD_HASH: "argon2id",
  RATE_LIMIT_SCALE: "1000",
  LATCHKEY_LOOPBACK_ONLY: "1",
};

/**
 * Starts one instance for each of the environments.
 *
 * @param databaseUrl - As the tests reach it; an instance's own `DATABASE_URL` may lead there by another way.
 */
export async function startInstances(
  environments: readonly InstanceEnvironment[],
  databaseUrl: () => string,
): Promise<ServerInstances> {
  const all: (ServerInstance & { stop(): Promise<void> })[] = [];
  const witness = newSecretWitness();
  for (const environment of environments) {
    all.push(newInstance(await freePort(), { ...COMMON, DATABASE_URL: databaseUrl(), ...environment }, witness));
  }
  const stop = async () => {
    await Promise.all(all.map((instance) => instance.stop()));
  };
  try {
    await Promise.all(all.map((instance) => instance.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { all, witness, query: (statement, values) => runStatement(databaseUrl(), statement, values), stop };
}

/** Starts instances over a new database before the tests of the file or `describe`, and stops them after. */
export function useInstances(...environments: readonly InstanceEnvironment[]): () => ServerInstances {
  const database = newDatabase();
  let running: ServerInstances | null = null;
  beforeAll(async () => {
    await database.create();
    running = await startInstances(environments, () => database.url);
  });
  afterAll(async () => {
    await running?.stop();
    await database.drop();
  });
  return () => {
    if (!running) throw new Error("The instances are there only while tests run.");
    return running;
  };
}

function newInstance(
  port: number,
  environment: InstanceEnvironment,
  witness: SecretWitness,
): ServerInstance & { stop(): Promise<void> } {
  const address = `http://localhost:${port}`;
  let variables = environment;
  let running: ServerProcess | null = null;
  let saidBefore = "";

  const end = async (signal: NodeJS.Signals) => {
    const child = running?.child;
    saidBefore += running?.output() ?? "";
    running = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    address,
    start: async (changed = {}) => {
      variables = { ...variables, ...changed };
      noteSecretsOf(variables, witness);
      running = await spawnServer({ ...variables, PORT: String(port) });
    },
    kill: async () => {
      await end("SIGKILL");
    },
    terminate: async () => {
      const beganMs = performance.now();
      const exitCode = await end("SIGTERM");
      return { exitCode, tookMs: Math.round(performance.now() - beganMs) };
    },
    stop: async () => {
      await end("SIGKILL");
    },
    output: () => saidBefore + (running?.output() ?? ""),
    isRunning: () => running !== null && running.child.exitCode === null && running.child.signalCode === null,
    pid: () => running?.child.pid ?? 0,
    client: (cookies) => witness.watch(newHttpClient(COMMON["AUTH_URL"] ?? "", cookies, address)),
  };
}

function noteSecretsOf({ AUTH_SECRET = "", DATABASE_URL = "" }: InstanceEnvironment, witness: SecretWitness): void {
  for (const secret of AUTH_SECRET.split(",")) witness.note("AUTH_SECRET", secret);
  const { password } = new URL(DATABASE_URL);
  if (password !== "") witness.note("the database's password", password);
}
