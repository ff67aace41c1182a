import { randomBytes } from "node:crypto";

import type { UserId } from "@/features/account/user-id";
import { finishConnection } from "@/features/connection/finish-connection";
import { requestConnection } from "@/features/connection/request-connection";
import { isOutage } from "@/features/health/is-outage";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie } from "@/features/session/session-cookie";
import type { ProviderSignIn } from "@/features/sign-in/sign-in-with-provider";
import { randomToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";

/** When these tests happen. */
export const NOW = new Date("2026-01-01T12:00:00.000Z");

/** From where they are asked for. */
export const ORIGIN = { ip: "192.0.2.1", userAgent: "tests/1" };

/** Enables providers for this file. Call it before anything reads the configuration. */
export function enableProviders(...names: readonly string[]): void {
  for (const name of names) {
    process.env[`AUTH_${name}_ID`] = "id";
    process.env[`AUTH_${name}_SECRET`] = "secret";
  }
}

/** Somebody at a provider whom nobody here knows yet. */
export function newIdentity(overrides: Partial<ProviderSignIn> = {}): ProviderSignIn {
  const subject = `sub-${randomBytes(6).toString("hex")}`;
  return {
    ...{ provider: "google", providerType: "oidc", providerAccountId: subject, email: `${subject}@elsewhere.test` },
    ...{ name: "Ada", image: null, profile: { email_verified: true }, tokens: null },
    ...overrides,
  };
}

/** A flow that this session has begun in order to connect. */
export async function beginFlow(claims: SessionClaims, provider = "google", now = NOW): Promise<string> {
  const flowToken = randomToken();
  await requestConnection(flowToken, { userId: claims.sub, sessionId: claims.sid, provider }, now);
  return flowToken;
}

/** The provider's answer to a flow, in a browser that holds this session's cookie, or none. */
export function answer(flowToken: string, person: ProviderSignIn, claims: SessionClaims | null, now = NOW) {
  const sessionCookie = claims ? sealSessionCookie(claims) : undefined;
  return finishConnection({ flowToken, person, sessionCookie, origin: ORIGIN }, now);
}

/** Connects, and returns the id of the connection. */
export async function connect(claims: SessionClaims, overrides: Partial<ProviderSignIn> = {}): Promise<string> {
  const person = newIdentity(overrides);
  const outcome = await answer(await beginFlow(claims, person.provider), person, claims);
  if (!outcome?.ok) throw new Error(`Not connected: ${outcome?.refusal}`);
  const { providerAccountId } = person;
  return (await db().account.findFirstOrThrow({ where: { providerAccountId } })).id;
}

/**
 * Tries again while the database is too busy, as a client does upon a 503: more callers at once than the pool has connections
 * wait for one, and on a busy machine not all of them for long enough.
 */
export async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error)) throw error;
    }
  }
}

/** A person's links, as provider and subject. */
export async function linksOf(userId: UserId) {
  return db().account.findMany({ where: { userId }, select: { provider: true, providerAccountId: true } });
}

/** What the audit log says of a person's connections, oldest first. */
export async function auditOf(userId: UserId) {
  return db().auditEvent.findMany({
    where: { userId, kind: { startsWith: "connection_" } },
    orderBy: { id: "asc" },
    select: { kind: true, sessionId: true, ip: true, userAgent: true, details: true },
  });
}
