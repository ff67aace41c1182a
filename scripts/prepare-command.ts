import { env } from "@/lib/env/env";
import { log } from "@/lib/log";
import { loadLocalEnvironment } from "./development/local-environment";
import { runningEnvironment } from "./development/running-environment";

/** Valid and of no effect: for what a command that sends no mail does not use. */
const UNUSED = { EMAIL_SERVER: "smtp://127.0.0.1:1", EMAIL_FROM: "Latchkey <no-reply@latchkey.localhost>" };
const NO_DATABASE = "postgres://nobody@127.0.0.1:1/nothing";

/**
 * Prepares this process to use features beside the running server: configuration from the environment, then .env.local, then
 * what `npm start` has running. The command has to run with `--conditions=react-server`, or what is "server-only" refuses.
 *
 * @returns Whether there is a database to ask.
 * @throws Failure `environment_invalid`, listing every problem.
 */
export function prepareCommand(root: string): { hasDatabase: boolean } {
  log.level = "silent";
  const set = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const configured: Record<string, string | undefined> = {
    ...UNUSED,
    ...loadLocalEnvironment(root),
    ...runningEnvironment(root),
    ...set,
  };
  const databaseUrl = configured["DATABASE_URL"] || null;
  Object.assign(process.env, configured, {
    DATABASE_URL: databaseUrl ?? NO_DATABASE,
    AUTH_URL: configured["AUTH_URL"] || `http://localhost:${configured["PORT"] || "3000"}`,
  });
  env();
  return { hasDatabase: databaseUrl !== null };
}
