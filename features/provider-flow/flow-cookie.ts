import * as z from "zod";

import { addSeconds } from "@/lib/clock";
import { seal, unseal } from "@/lib/crypto/seal";
import { Failure } from "@/lib/failure";
import { type CookieAttributes, hostCookieAttributes, hostCookieName } from "@/lib/host-cookie";
import { isUuid } from "@/lib/uuid";
import type { FlowState } from "./flow-state";
import { FLOW_COOKIE_SECONDS, MAX_OPEN_FLOWS } from "./policy";

const PREFIX = "latchkey.flow.";

/** What a browser holds for one flow, against which the provider's answer is checked. */
export interface FlowSecrets {
  /** PKCE's, RFC 7636; null where the provider takes none. */
  readonly codeVerifier: string | null;
  /** OpenID Connect's; null where the provider takes none. */
  readonly nonce: string | null;
}

const FlowSecretsSchema = z.object({ codeVerifier: z.string().nullable(), nonce: z.string().nullable() });

/** The cookie of one flow. Each has its own: two tabs, or two providers, don't know of each other. */
export function flowCookieName(flowId: string): string {
  return hostCookieName(PREFIX + flowId);
}

/** How it is set. */
export function flowCookieAttributes({ startedAt }: FlowState): CookieAttributes {
  return hostCookieAttributes(addSeconds(startedAt, FLOW_COOKIE_SECONDS));
}

/**
 * Encrypts a flow's secrets for its cookie.
 *
 * @param state - The flow's `state` parameter: together with another one they don't open.
 */
export function sealFlowSecrets(state: string, secrets: FlowSecrets): string {
  return Buffer.from(seal("provider-flow", JSON.stringify(secrets), state)).toString("base64url");
}

/**
 * Opens what `sealFlowSecrets` made.
 *
 * @param state - As received.
 * @param unverifiedCookie - As received.
 * @returns null when it belongs to another flow, was altered, or its secret is gone.
 */
export function openFlowSecrets(state: string, unverifiedCookie: string): FlowSecrets | null {
  try {
    const opened: unknown = JSON.parse(unseal("provider-flow", Buffer.from(unverifiedCookie, "base64url"), state));
    return FlowSecretsSchema.safeParse(opened).data ?? null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/**
 * The flows' cookies that have to go for another flow to begin: the oldest, and what only looks like one.
 *
 * @param names - Of all cookies that the browser sent.
 */
export function surplusFlowCookies(names: readonly string[]): string[] {
  const prefix = hostCookieName(PREFIX);
  const ours = names.filter((name) => name.startsWith(prefix));
  const isReal = (name: string) => isUuid(name.slice(prefix.length));
  // A UUIDv7 begins with the instant at which it was made.
  const newestFirst = ours.filter(isReal).sort().reverse();
  return [...ours.filter((name) => !isReal(name)), ...newestFirst.slice(MAX_OPEN_FLOWS - 1)];
}
