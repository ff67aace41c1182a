import type { Attack, Verdict } from "./attack";
import { Fell, NotApplicable } from "./demand";
import type { Need, Target } from "./target";

/** An attack and what came of it. */
export interface Outcome {
  readonly attack: Attack;
  readonly verdict: Verdict;
  readonly tookMs: number;
}

/** Independent attacks that run side by side. More would measure the target's queue. */
const AT_ONCE = 6;
const TIMEOUT_MS = 60_000;
/** A hundred guesses, each of which costs a hash. */
const GUESSING_TIMEOUT_MS = 3 * 60_000;
const SLOW_TIMEOUT_MS = 10 * 60_000;

const MISSING: Record<Need, string> = {
  mailbox: "no mailbox to read: the target has no development mailbox",
  second_instance: "needs two instances: name the other one with --second",
  limits: "needs an instance with the rate limits of production: name it with --limits",
  hostile_issuer: "the target doesn't have the kit's issuer as a provider: see --hostile-issuer",
  https: "the target is reached over http, as only this machine itself may be",
};

/**
 * Carries out attacks: those that may side by side, then the others one after the other.
 *
 * @param told - Called with each outcome as it is known.
 */
export async function runAttacks(
  attacks: readonly Attack[],
  target: Target,
  told: (outcome: Outcome) => void = () => undefined,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const carryOut = async (attack: Attack) => {
    const beganMs = performance.now();
    const verdict = await judge(attack, target);
    const outcome = { attack, verdict, tookMs: Math.round(performance.now() - beganMs) };
    outcomes.push(outcome);
    told(outcome);
  };
  const waiting = attacks.filter(({ alone }) => !alone);
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await carryOut(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  for (const attack of attacks.filter(({ alone }) => alone)) await carryOut(attack);
  return outcomes.sort((a, b) => numberOf(a.attack) - numberOf(b.attack));
}

const numberOf = ({ id }: Attack) => Number(id.slice(1));

async function judge(attack: Attack, target: Target): Promise<Verdict> {
  const { run, needs } = attack;
  if (!run) {
    const held = attack.heldBy === null ? "and no test carries it out" : `held by ${attack.heldBy}`;
    return { outcome: "not_applicable", why: `can't be done from outside: ${held}` };
  }
  const missing = needs.find((need) => !target.has(need));
  if (missing) return { outcome: "not_applicable", why: MISSING[missing] };
  try {
    await inTime(run(target), timeoutMs(attack, target));
    return { outcome: "held" };
  } catch (error) {
    if (error instanceof Fell) return { outcome: "fell", saw: error.message };
    if (error instanceof NotApplicable) return { outcome: "not_applicable", why: error.message };
    return { outcome: "broken", why: error instanceof Error ? error.message : String(error) };
  }
}

function timeoutMs({ needs, alone }: Attack, { slow }: Target): number {
  if (alone && slow) return SLOW_TIMEOUT_MS;
  return needs.includes("limits") ? GUESSING_TIMEOUT_MS : TIMEOUT_MS;
}

async function inTime(work: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${limitMs / 1000} s`)), limitMs);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
