import type { Need, Target } from "./target";

/** What came of one attack. */
export type Verdict =
  | { readonly outcome: "held" }
  | { readonly outcome: "fell"; readonly saw: string }
  | { readonly outcome: "not_applicable"; readonly why: string }
  /** The attack itself went wrong: nothing is known, which is not good enough. */
  | { readonly outcome: "broken"; readonly why: string };

/** One entry of the catalogue. */
export interface Attack {
  readonly id: `A${number}`;
  readonly title: string;
  /** Where the idea comes from: a requirement, an advisory, another project's tests. */
  readonly source: string;
  readonly needs: readonly Need[];
  /** Measures time, or uses up a budget: nothing else may run beside it. */
  readonly alone: boolean;
  /** Returns when the target held; see demand.ts for the other ends. Null for what nobody can do from outside. */
  readonly run: ((target: Target) => Promise<void>) | null;
  /** The test file that shows what nobody sees from outside. It names the attack by its number. */
  readonly heldBy: string | null;
}

interface Options {
  needs?: readonly Need[];
  alone?: boolean;
  heldBy?: string;
}

/**
 * An attack from outside.
 *
 * @param options.heldBy - The test of what remains of it, which can't be seen from there.
 */
export function attack(
  id: Attack["id"],
  source: string,
  title: string,
  run: (target: Target) => Promise<void>,
  { needs = [], alone = false, heldBy }: Options = {},
): Attack {
  return { id, source, title, needs, alone, run, heldBy: heldBy ?? null };
}

/**
 * An entry that nobody can carry out from outside: it takes the source, the database, another clock, or somebody else's server.
 *
 * @param heldBy - Null while no test carries it out, which the report then says.
 */
export function fromInside(id: Attack["id"], source: string, title: string, heldBy: string | null): Attack {
  return { id, source, title, needs: [], alone: false, run: null, heldBy };
}
