import { headers } from "next/headers";
import * as oauth from "oauth4webapi";

import { recordAuditEvent } from "@/features/audit/data";
import { originOf } from "@/features/audit/request-origin";
import { Failure } from "@/lib/failure";
import { log } from "@/lib/log";

/** Why a provider's sign-in failed, when it is the provider's doing. */
export interface ProviderFailure {
  /** For the logs: a code that holds nothing of what the provider said. */
  readonly reason: string;
  /** What the person is told: the code of the page `/auth-error`. */
  readonly error: "ProviderUnavailable" | "ProviderAnswerRefused";
}

/** Codes of oauth4webapi for answers that arrived whole and say what they must not. */
const REFUSED_ANSWERS = new Set<string>([
  oauth.INVALID_RESPONSE,
  oauth.JWT_CLAIM_COMPARISON,
  oauth.JWT_TIMESTAMP_CHECK,
  oauth.JSON_ATTRIBUTE_COMPARISON,
]);

/**
 * Tells a provider's failures from our own.
 *
 * @param error - As Auth.js reports it, or as a call of the provider throws it.
 * @returns null for anything that isn't the provider's, such as a database that is away.
 */
export function providerFailureOf(error: unknown): ProviderFailure | null {
  const wrapped = error instanceof Error ? (error.cause as { err?: unknown } | undefined)?.err : undefined;
  const inner = wrapped ?? error;
  if (!(inner instanceof Error)) return null;
  const { code, cause } = inner as { code?: unknown; cause?: unknown };
  if (inner instanceof Failure && /^(?:outgoing|issuer)_/.test(inner.code)) {
    return { reason: inner.code, error: "ProviderUnavailable" };
  }
  if (typeof code !== "string" || !/^OAUTH_/.test(code)) return null;
  const { claim, attribute } = (cause ?? {}) as { claim?: unknown; attribute?: unknown };
  const reason = [code.toLowerCase(), claim ?? attribute].filter((part) => typeof part === "string").join(" ");
  return { reason, error: REFUSED_ANSWERS.has(code) ? "ProviderAnswerRefused" : "ProviderUnavailable" };
}

/**
 * Writes a failure down: a line in the log, a row in the audit log.
 *
 * @returns The page that tells the person.
 */
export async function reportProviderFailure(provider: string, { reason, error }: ProviderFailure): Promise<string> {
  log.warn({ event: "provider_sign_in_failed", provider, reason }, "a provider's sign-in could not be finished");
  const details = { method: provider, reason };
  // Nobody's: who wanted to sign in is not known, or only by an answer that isn't believed.
  await recordAuditEvent({ kind: "sign_in_failed", userId: null, details, origin: originOf(await headers()) });
  return `/auth-error?${new URLSearchParams({ error, provider })}`;
}
