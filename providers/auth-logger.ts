import { CredentialsSignin, type NextAuthConfig } from "next-auth";

import { log } from "@/lib/log";

/**
 * Auth.js's own messages, by their kind alone: what else they carry may hold a request's body, and with it a password.
 * A wrong password is no error.
 */
export const authLogger: NonNullable<NextAuthConfig["logger"]> = {
  error(error) {
    if (error instanceof CredentialsSignin) return;
    log.error({ kind: error.name, cause: causeOf(error) }, "Auth.js could not finish a sign-in");
  },
  warn(code) {
    log.warn({ kind: code }, "Auth.js warns");
  },
  debug() {
    // Prints bodies and tokens: never.
  },
};

/** The class of the innermost cause, such as "OperationProcessingError": it tells what failed and holds nothing of the request. */
function causeOf(error: Error): string | undefined {
  const cause = (error.cause as { err?: unknown } | undefined)?.err ?? error.cause;
  if (!(cause instanceof Error)) return undefined;
  const { code } = cause as { code?: unknown };
  return typeof code === "string" ? `${cause.name} ${code}` : cause.name;
}
