import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { parseEnvironment } from "@/lib/env/env";
import { Failure } from "@/lib/failure";
import { buildIfStale } from "../build";
import { applyMigrations } from "../migrations/apply-migrations";
import { withProgress } from "../progress.mjs";
import { appServerArguments } from "../serve";
import { writeTheme } from "../write-theme";
import { claimFolder } from "./claim-folder";
import { startEmbeddedServices } from "./embedded-services";
import { isFree } from "./free-port";
import { ensureLocalEnvironment } from "./local-environment";
import { noteRunningEnvironment } from "./running-environment";

const DEFAULT_PORT = "3000";
const ORPHAN_CHECK_MS = 1_000;

/**
 * Starts what the configuration doesn't bring (PostgreSQL, mailbox, identity provider), migrates, builds, serves, and
 * stops all of it on SIGINT or SIGTERM, or when npm, which started us, is gone.
 *
 * @returns The exit code.
 */
export async function startDevelopment({ hotReload }: { hotReload: boolean }): Promise<number> {
  const root = process.cwd();
  const asked = stopRequest();
  const settings: Record<string, string | undefined> = { ...ensureLocalEnvironment(root), ...process.env };
  const port = settings["PORT"] || DEFAULT_PORT;
  if (!(await isFree(Number(port))))
    throw new Failure(
      "port_in_use",
      `Port ${port} is in use. Stop what uses it, or choose another: PORT=${Number(port) + 1} npm start`,
    );

  const dataFolder = join(root, ".data");
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const releaseFolder = claimFolder(dataFolder);
  const services = await startEmbeddedServices({ settings: { ...settings, PORT: port }, dataFolder });
  const environment = { ...settings, ...services.environment };
  const removeNote = noteRunningEnvironment(root, environment);
  try {
    if (asked.signal.aborted) return 0;
    const parsed = parseEnvironment(environment);
    if (!parsed.ok)
      throw new Failure(
        "environment_invalid",
        `The configuration has problems:\n${parsed.problems.map((p) => `  - ${p}`).join("\n")}`,
      );
    await withProgress("Bringing the database to the current schema", () =>
      applyMigrations(parsed.value.DATABASE_URL.href, root),
    );
    if (hotReload) writeTheme(root);
    else await buildIfStale(root);
    if (asked.signal.aborted) return 0;
    return await runApp(root, environment, hotReload, asked.signal);
  } finally {
    removeNote();
    await services.stop();
    releaseFolder();
  }
}

async function runApp(
  root: string,
  environment: Record<string, string | undefined>,
  hotReload: boolean,
  asked: AbortSignal,
): Promise<number> {
  const app = spawn(process.execPath, appServerArguments(root, { development: hotReload }), {
    cwd: root,
    env: { ...environment, NODE_ENV: hotReload ? "development" : "production" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  asked.addEventListener("abort", () => app.kill("SIGTERM"));
  return exitCodeOf(app, asked);
}

async function exitCodeOf(app: ChildProcess, asked: AbortSignal): Promise<number> {
  const [code] = (await once(app, "exit")) as [number | null];
  return asked.aborted ? 0 : (code ?? 1);
}

/** Aborted once we are to stop. Under npm that includes npm's own end, which nothing else would tell us. */
function stopRequest(): AbortController {
  const asked = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => asked.abort());
  if (process.env["npm_lifecycle_event"]) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) asked.abort();
    }, ORPHAN_CHECK_MS).unref();
  }
  return asked;
}
