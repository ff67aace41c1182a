import { setTimeout as sleep } from "node:timers/promises";

import type { Aside, Check, Finding } from "./check";
import { codeOf, visit } from "./instance";
import type { Facts, Subject } from "./subject";

const CHECK_TIMEOUT_MS = 15_000;

/** What came of one check. */
export type Outcome =
  | { readonly name: string; readonly state: "looked_at"; readonly findings: readonly Finding[] }
  | ({ readonly name: string } & Aside);

/** Runs all checks at once, each for as long as it may take. */
export async function runChecks(checks: readonly Check[], subject: Subject): Promise<readonly Outcome[]> {
  const facts = await gatherFacts(subject);
  return Promise.all(checks.map((check) => carryOut(check, facts, subject)));
}

async function gatherFacts({ address, settings }: Subject): Promise<Facts> {
  if (!address) return settings;
  const sight = await visit(address.url);
  return { ...settings, sight, ...(sight.kind === "instance" ? { instance: sight.instance } : {}) };
}

async function carryOut(check: Check, facts: Facts, subject: Subject): Promise<Outcome> {
  const { name } = check;
  const missing = check.needs.find((need) => facts[need] === undefined);
  if (missing) return { name, state: "not_looked_at", reason: reasonOf(missing, subject) };
  const abort = new AbortController();
  const tooLate = sleep(CHECK_TIMEOUT_MS, null, { signal: abort.signal, ref: false }).catch(() => null);
  try {
    const said = await Promise.race([check.run(facts, subject), tooLate]);
    if (said) return "state" in said ? { name, ...said } : { name, state: "looked_at", findings: said };
    return { name, state: "not_looked_at", reason: `It took more than ${CHECK_TIMEOUT_MS / 1000} seconds.` };
  } catch (error) {
    return { name, state: "not_looked_at", reason: `Looking at it failed: ${codeOf(error)}.` };
  } finally {
    abort.abort();
  }
}

function reasonOf(missing: keyof Facts, { address, stage, variables }: Subject): string {
  if (missing === "instance" && address) return `No instance answers at ${address.url.origin}.`;
  const variable = missing === "sight" || missing === "instance" ? "AUTH_URL" : missing;
  if (variables[variable]) return `${variable} is not valid.`;
  return stage === "configured" || stage === "running_here"
    ? `${variable} is not set.`
    : "`npm start`, which brings it, is not running here.";
}
