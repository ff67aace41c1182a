/**
 * The server: checks its configuration and its database, then serves. Starts nothing else.
 * Ends on SIGINT and SIGTERM, and when the process that started it with a channel is gone.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { type Environment, parseEnvironment } from "@/lib/env/env";
import { checkSchema } from "./server/check-schema";
import { sendConsoleToLog } from "./server/console-to-log";
import { startHttpServer } from "./server/http-server";

/** A mail server that doesn't answer holds nobody up for longer. */
const BACKGROUND_TIMEOUT_MS = 3_000;

const root = process.cwd();
const development = process.argv.includes("--dev");

async function main(): Promise<void> {
  const parsed = parseEnvironment(process.env);
  if (!parsed.ok) return refuse("the configuration has problems", parsed.problems);
  if (!development && !existsSync(join(root, ".next", "BUILD_ID"))) {
    return refuse("there is no build", ["run: npm run build"]);
  }
  const schemaProblem = await checkSchema(root, parsed.value.DATABASE_URL.href);
  if (schemaProblem) return refuse("the database can't be used", [schemaProblem]);

  await serve(parsed.value);
}

async function serve(environment: Environment): Promise<void> {
  // The environment is complete: Next must not add what .env files say.
  Object.assign(process.env, { NODE_ENV: development ? "development" : "production", __NEXT_PROCESSED_ENV: "true" });
  if (!development) sendConsoleToLog();
  const { stop } = await startHttpServer({
    root,
    port: environment.PORT,
    loopbackOnly: process.env["LATCHKEY_LOOPBACK_ONLY"] === "1",
    development,
    site: environment.AUTH_URL,
    trustedProxies: environment.TRUSTED_PROXIES,
    mailbox: environment.LATCHKEY_DEV_MAILBOX !== undefined,
  });
  // Who started it may have closed the output or left no room for it: no reason to end (F22).
  process.stdout.on("error", () => undefined);
  process.stdout.write(`ready on http://localhost:${environment.PORT}\n`);

  let stopping = false;
  const end = async () => {
    if (stopping) return;
    stopping = true;
    await stop();
    await endBackgroundWork();
    process.exit(0);
  };
  for (const event of ["SIGINT", "SIGTERM", "disconnect"] as const) process.on(event, end);
}

/** What Next's part of the process does beside answering: see features/instance/start-background-work.ts. */
async function endBackgroundWork(): Promise<void> {
  const { latchkeyEndBackgroundWork } = globalThis as { latchkeyEndBackgroundWork?: () => Promise<void> };
  await Promise.race([latchkeyEndBackgroundWork?.().catch(() => undefined), sleep(BACKGROUND_TIMEOUT_MS)]);
}

function refuse(what: string, reasons: readonly string[]): void {
  process.stderr.write(`Latchkey does not start: ${what}.\n${reasons.map((reason) => `  - ${reason}\n`).join("")}`);
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}

main().catch((error: unknown) => {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  refuse("it failed while starting", [name === "Failure" ? message : `${name}: ${message}`]);
});
