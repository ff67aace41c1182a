import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type HttpClient, newHttpClient } from "@/attack/http-client";
import { freePort } from "@/scripts/development/free-port";
import { startIdentityProvider } from "@/scripts/development/identity-provider";
import { startMailCatcher } from "@/scripts/development/mail-catcher";
import { appServerArguments } from "@/scripts/serve";
import { newDatabase, type TestDatabase } from "./database";
import { TEST_ENVIRONMENT } from "./environment";
import { type Mails, mailsIn } from "./mails";
import { ROOT } from "./source-files";

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
const CLIENT = { clientId: "latchkey-tests", clientSecret: "latchkey-tests-only" };

type Variables = Readonly<Record<string, string>>;
type Overrides = Variables | ((origin: string) => Promise<Variables>);

/** The real server with a database, a mail server and an identity provider of its own. */
export interface TestServer {
  readonly origin: string;
  /** The issuer of the development identity provider, which the server takes for Google. */
  readonly issuer: string;
  readonly database: TestDatabase;
  readonly mails: Mails;
  /** A new browser, so to speak: its cookies are its own. */
  client(): HttpClient;
  /** All that the server printed so far. */
  output(): string;
  /** What it was started with, for another one beside it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Starts the production build.
 *
 * @param overrides - Environment variables; an empty value unsets one. Made from the server's origin where they depend on it.
 */
async function startServer(overrides: Overrides = {}): Promise<TestServer> {
  const undo: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const database = newDatabase();
    await database.create();
    undo.push(database.drop);

    const directory = mkdtempSync(join(tmpdir(), "latchkey-mailbox-"));
    undo.push(() => rmSync(directory, { recursive: true, force: true }));
    const mailCatcher = await startMailCatcher({ directory });
    undo.push(mailCatcher.close);

    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const redirectUris = [`${origin}/api/auth/callback/google`];
    const identityProvider = await startIdentityProvider({
      ...{ port: 0, redirectUris, ...CLIENT },
      postLogoutRedirectUris: [`${origin}/sign-in?signed-out=1`],
      backChannelLogoutUri: `${origin}/api/auth/back-channel-logout/google`,
    });
    undo.push(identityProvider.close);

    const environment = {
      ...TEST_ENVIRONMENT,
      DATABASE_URL: database.url,
      AUTH_URL: origin,
      PORT: String(port),
      EMAIL_SERVER: mailCatcher.url,
      AUTH_GOOGLE_ID: CLIENT.clientId,
      AUTH_GOOGLE_SECRET: CLIENT.clientSecret,
      AUTH_GOOGLE_ISSUER: identityProvider.issuer,
      RATE_LIMIT_SCALE: "1000",
      PASSWORD_HASH: "argon2id",
      LATCHKEY_DEV_MAILBOX: directory,
      LATCHKEY_DEV_IDENTITY_PROVIDER: identityProvider.issuer,
      LATCHKEY_LOOPBACK_ONLY: "1",
      ...(typeof overrides === "function" ? await overrides(origin) : overrides),
    };
    const server = await spawnServer(environment);
    undo.push(server.stop);

    return {
      ...{ origin, database, environment, stop },
      issuer: identityProvider.issuer,
      mails: mailsIn(directory),
      client: () => newHttpClient(origin),
      output: server.output,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server that the files of this worker share, from the first that asks until the worker ends and takes it along. */
const shared = globalThis as { sharedServer?: Promise<TestServer> };

/**
 * A server for the tests of the file or `describe`: without variables of its own the one that is running already, with
 * whatever other files have left in it; else one that is started before the tests and stopped after them.
 *
 * @param use.own - Have one of one's own all the same, for tests that count what is in the whole database.
 */
export function useServer(overrides: Overrides = {}, use: { own?: boolean } = {}): () => TestServer {
  const own = use.own ?? (typeof overrides === "function" || Object.keys(overrides).length > 0);
  let running: TestServer | null = null;
  beforeAll(async () => {
    if (!own) shared.sharedServer ??= startServer();
    running = (await (own ? startServer(overrides) : shared.sharedServer)) ?? null;
  });
  afterAll(async () => {
    if (own) await running?.stop();
  });
  return () => {
    if (!running) throw new Error("The server is there only while tests run.");
    return running;
  };
}

/** The server's program, running. */
export interface ServerProcess {
  /** For a test that ends or freezes it in its own way. */
  readonly child: ChildProcess;
  output(): string;
  stop(): Promise<void>;
}

/**
 * Runs the server's program with this environment and nothing of ours, until it is ready.
 *
 * @param root - Where the build is that it serves.
 */
export async function spawnServer(
  environment: Readonly<Record<string, string>>,
  root: string = ROOT,
): Promise<ServerProcess> {
  const server = spawn(process.execPath, appServerArguments(ROOT), {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", TZ: process.env["TZ"] ?? "", NODE_ENV: "production", ...environment },
    // The channel ends the server even when this process is killed.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  await untilReady(server, () => said);
  return { child: server, output: () => said, stop: () => stopServer(server) };
}

async function untilReady(server: ChildProcess, output: () => string): Promise<void> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), READY_TIMEOUT_MS);
  server.once("exit", () => abort.abort());
  try {
    while (!output().includes("ready on ")) {
      if (!server.stdout) throw new Error("The server's output is not piped.");
      await once(server.stdout, "data", { signal: abort.signal });
    }
  } catch {
    await stopServer(server);
    throw new Error(`The server did not start:\n${output()}`);
  } finally {
    clearTimeout(timer);
  }
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const timer = setTimeout(() => server.kill("SIGKILL"), STOP_TIMEOUT_MS);
  server.kill("SIGTERM");
  await once(server, "exit");
  clearTimeout(timer);
}
