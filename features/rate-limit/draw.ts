import { consume, type Draw, forget } from "./data";
import type { BudgetName } from "./policy";

/** For so long a budget that refused is not asked again: floods end here, and a budget that was filled up is missed no longer. */
const ASK_AGAIN_AFTER_MS = 1_000;

interface Refusal {
  readonly endsAtMs: number;
  readonly askAgainAtMs: number;
}

// Only shortcuts: what is allowed, the store alone decides.
const waiting = new Map<string, Promise<Draw>>();
const refused = new Map<string, Refusal>();

/**
 * Takes one try from a budget, as `consume` does, with less work for the store: tries at one budget that come to this instance at once are
 * made one after the other, over one connection, and those after the first refusal not at all. So a hundred guesses at an account
 * cost eleven statements.
 *
 * @throws For all that wait, when the store can't be asked.
 */
export function draw(budget: BudgetName, key: string): Promise<Draw> {
  const previous = waiting.get(key) ?? Promise.resolve();
  const mine = previous.then(() => drawFresh(budget, key));
  const done = () => {
    if (waiting.get(key) === mine) waiting.delete(key);
  };
  waiting.set(key, mine);
  mine.then(done, done);
  return mine;
}

/** Fills a budget up, here at once and on other instances within a second. */
export async function fillUp(budget: BudgetName, key: string): Promise<void> {
  await forget(budget, key);
  refused.delete(key);
}

async function drawFresh(budget: BudgetName, key: string): Promise<Draw> {
  const known = refused.get(key);
  const nowMs = Date.now();
  if (known && nowMs < known.askAgainAtMs) {
    return { allowed: false, isFirstRefused: false, waitMs: known.endsAtMs - nowMs };
  }
  const drawn = await consume(budget, key);
  if (!drawn.allowed) rememberRefusal(key, drawn.waitMs);
  return drawn;
}

function rememberRefusal(key: string, waitMs: number): void {
  const nowMs = Date.now();
  for (const [oldest, { askAgainAtMs }] of refused) {
    if (askAgainAtMs > nowMs) break;
    refused.delete(oldest);
  }
  const endsAtMs = nowMs + waitMs;
  refused.delete(key);
  refused.set(key, { endsAtMs, askAgainAtMs: Math.min(endsAtMs, nowMs + ASK_AGAIN_AFTER_MS) });
}
