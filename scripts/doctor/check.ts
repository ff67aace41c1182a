import type { Facts, Subject } from "./subject";

/** Something that a check has to say. */
export interface Finding {
  /** A problem makes the command end with 1. A hint is for whom it concerns. */
  readonly severity: "problem" | "hint";
  readonly sentence: string;
  /** What mends it, exactly. */
  readonly fix?: string;
  /** Lines to be copied as they are. */
  readonly paste?: readonly string[];
}

/** Why there is nothing to say. */
export interface Aside {
  readonly state: "not_looked_at" | "not_used";
  readonly reason: string;
}

type Said = readonly Finding[] | Aside;

/** One thing to look at. */
export interface Check {
  readonly name: string;
  /** Settings that it can't do without, and `instance`, where it has to ask one that runs. */
  readonly needs: readonly (keyof Facts)[];
  run(facts: Facts, subject: Subject): Promise<Said> | Said;
}

/** Makes a check, whose `run` is given what it needs. */
export function defineCheck<Need extends keyof Facts>(check: {
  readonly name: string;
  readonly needs: readonly Need[];
  run(facts: Facts & { readonly [name in Need]-?: NonNullable<Facts[name]> }, subject: Subject): Promise<Said> | Said;
}): Check {
  // The runner has looked that all of it is there.
  return check as Check;
}

/** What is wrong, and what mends it. */
export const problem = (sentence: string, fix: string): Finding => ({ severity: "problem", sentence, fix });

/** What may well be meant as it is. */
export const hint = (sentence: string, fix: string): Finding => ({ severity: "hint", sentence, fix });

/** For what is about providers. */
export const NO_PROVIDER: Aside = { state: "not_used", reason: "No provider is configured." };
