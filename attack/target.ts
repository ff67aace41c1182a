import { randomBytes } from "node:crypto";

import { CONSENT_PATH, consentProof, isConsentProof } from "@/lib/attack-consent";
import type { HostileIssuer } from "./hostile-issuer";
import { type HttpClient, newHttpClient } from "./http-client";
import { findMailbox, type Mailbox } from "./mailbox";

/** What an attack can't do without. Where it is missing, the attack is not applicable. */
export type Need = "mailbox" | "second_instance" | "limits" | "hostile_issuer" | "https";

/** A running system that agreed to be attacked. */
export interface Target {
  /** The public origin, which it says itself. */
  readonly origin: string;
  /** Where its instances are reached: one, or several over the same database. */
  readonly addresses: readonly [string, ...string[]];
  /** An instance whose rate limits are those of production. */
  readonly limits: Target | null;
  readonly mailbox: Mailbox | null;
  /** The kit's hostile issuer, if the target has it as a provider. */
  readonly hostileIssuer: HostileIssuer | null;
  readonly graceSeconds: number;
  readonly slow: boolean;
  /** A browser, so to speak, that talks to one of the instances. */
  client(cookies?: ReadonlyMap<string, string>, instance?: number): HttpClient;
  has(need: Need): boolean;
}

/** How a target is to be attacked. */
export interface TargetOptions {
  readonly addresses: readonly [string, ...string[]];
  readonly secret: string;
  readonly limits?: Target | null;
  readonly graceSeconds?: number;
  readonly hostileIssuer?: HostileIssuer | null;
  readonly slow?: boolean;
}

/** The reason why a target is not attacked. */
export class Refused extends Error {}

const CHALLENGE_BYTES = 32;
const DEFAULT_GRACE_SECONDS = 10;

/**
 * Asks every address whether its operator agrees, and only then returns something that can be attacked.
 *
 * @throws Refused
 */
export async function openTarget(options: TargetOptions): Promise<Target> {
  const { addresses, secret, limits = null, slow = false, hostileIssuer = null } = options;
  const origins = await Promise.all(addresses.map((address) => askForConsent(address, secret)));
  const [origin = ""] = origins;
  if (new Set(origins).size > 1) throw new Refused("The addresses are instances of different systems.");
  if (limits && limits.origin !== origin) throw new Refused("The instance for rate limits is of another system.");
  const mailbox = await findMailbox(addresses[0]);
  const has: Record<Need, boolean> = {
    mailbox: mailbox !== null,
    second_instance: addresses.length > 1,
    limits: limits !== null,
    hostile_issuer: hostileIssuer !== null,
    https: origin.startsWith("https:"),
  };
  return {
    ...{ origin, addresses, limits, mailbox, hostileIssuer, slow },
    graceSeconds: options.graceSeconds ?? DEFAULT_GRACE_SECONDS,
    client: (cookies, instance = 0) =>
      newHttpClient(origin, cookies, addresses[instance % addresses.length] ?? addresses[0]),
    has: (need) => has[need],
  };
}

/** @returns The public origin that the agreement is for. */
async function askForConsent(address: string, secret: string): Promise<string> {
  const challenge = randomBytes(CHALLENGE_BYTES).toString("base64url");
  const response = await fetch(`${address}${CONSENT_PATH}/${challenge}`, { redirect: "manual" }).catch(() => null);
  if (!response) throw new Refused(`Nothing answers at ${address}.`);
  const answer: unknown = response.status === 200 ? await response.json().catch(() => null) : null;
  const { origin, proof } = (answer ?? {}) as { origin?: unknown; proof?: unknown };
  if (typeof origin !== "string" || typeof proof !== "string") {
    throw new Refused(`${address} has not agreed to be attacked: its operator has to set LATCHKEY_ATTACK_TARGET.`);
  }
  if (!isConsentProof(proof, consentProof(secret, challenge, origin))) {
    throw new Refused(`${address} agreed to be attacked by somebody else: its LATCHKEY_ATTACK_TARGET is another one.`);
  }
  return origin;
}
