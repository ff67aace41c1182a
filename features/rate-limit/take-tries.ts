import { createHmac } from "node:crypto";

import type { UserId } from "@/features/account/user-id";
import { recordAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { keysFor } from "@/lib/crypto/keys";
import { ok, type Result, refuse } from "@/lib/result";
import { type Draw, restore } from "./data";
import { draw, fillUp } from "./draw";
import { BUDGETS, type Budget, type BudgetName } from "./policy";
import { type RateLimited, rateLimited } from "./rate-limited";

/** The budgets that a try draws from, and whose each of them is. */
export type Draws = Readonly<Partial<Record<BudgetName, string>>>;

/** A try that was allowed. */
export interface TakenTry {
  /** For what was right: it counts as if it had not been made. */
  giveBack(): Promise<void>;
}

/** For the audit log: who is refused, and from where. */
export interface TryContext {
  /** Asked only when there is something to write down. */
  readonly findUserId?: () => Promise<UserId | null>;
  readonly origin?: RequestOrigin | undefined;
}

type Entry = readonly [BudgetName, string];

/**
 * Takes a try from each of several budgets, before the work that they limit. It is allowed if all of them allow it.
 *
 * The work for a refused try is the same whoever it is for, and the first refusal of each budget in its window is written
 * down.
 *
 * @throws When neither store can be asked: nothing is let through uncounted.
 */
export async function takeTries(draws: Draws, context: TryContext = {}): Promise<Result<TakenTry, RateLimited>> {
  const entries = Object.entries(draws) as Entry[];
  const isLast = ([name]: Entry) => (BUDGETS[name] as Budget).last === true;
  for (const stage of [entries.filter((entry) => !isLast(entry)), entries.filter(isLast)]) {
    const refusal = await drawAll(stage, context);
    if (refusal) return refuse(refusal);
  }
  return ok({ giveBack: () => forEach(entries, restore) });
}

/** Fills budgets up: nothing of what was tried before counts any more. */
export async function forgetTries(draws: Draws): Promise<void> {
  await forEach(Object.entries(draws) as Entry[], fillUp);
}

async function drawAll(stage: readonly Entry[], context: TryContext): Promise<RateLimited | null> {
  const all = await Promise.all(
    stage.map(async ([budget, whose]) => ({ budget, drawn: await draw(budget, keyOf(budget, whose)) })),
  );
  const refused = all.filter(({ drawn }) => !drawn.allowed);
  for (const { budget, drawn } of refused) await noteFirst(budget, drawn, context);
  return refused.length === 0 ? null : rateLimited(Math.max(...refused.map(({ drawn }) => drawn.waitMs)));
}

/** One row for each window: an attacker who goes on must not fill the log. */
async function noteFirst(budget: BudgetName, drawn: Draw, { findUserId, origin }: TryContext): Promise<void> {
  if (!drawn.isFirstRefused) return;
  const event = { kind: "rate_limited", userId: (await findUserId?.()) ?? null, details: { budget } } as const;
  await recordAuditEvent({ ...event, ...(origin && { origin }) });
}

async function forEach(
  entries: readonly Entry[],
  act: (budget: BudgetName, key: string) => Promise<void>,
): Promise<void> {
  await Promise.all(entries.map(([budget, whose]) => act(budget, keyOf(budget, whose))));
}

/**
 * What the store gets to see. Keyed, since all IPv4 addresses are hashed in minutes. With a new secret all counts begin
 * anew.
 */
function keyOf(budget: BudgetName, whose: string): string {
  const [{ key }] = keysFor("rate-limit");
  return createHmac("sha256", key).update(`${budget}\0${whose}`).digest("base64url");
}
