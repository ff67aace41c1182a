/** The target let the attack through. */
export class Fell extends Error {}

/** The attack needs something that this target doesn't have or do. */
export class NotApplicable extends Error {}

/** Ends the attack as fallen unless the condition holds. */
export function demand(condition: boolean, saw: string): asserts condition {
  if (!condition) throw new Fell(saw);
}

/** Ends the attack as fallen unless the answer has one of these statuses. 429 where none was allowed says nothing either way. */
export function demandStatus(response: Response, allowed: number | readonly number[], what: string): void {
  const statuses = [allowed].flat();
  if (response.status === 429 && !statuses.includes(429)) throw turnedAway(what);
  demand(statuses.includes(response.status), `${what}: answered ${response.status}, not ${statuses.join(" or ")}`);
}

/** Ends the attack as not applicable, or broken, when a step on the way to it fails: that is not the attack's own finding. */
export function requireStep(response: Response, allowed: number | readonly number[], what: string): void {
  if (response.status === 429) throw turnedAway(what);
  if ([allowed].flat().includes(response.status)) return;
  throw new Error(`${what} answered ${response.status}, without which the attack can't begin`);
}

const turnedAway = (what: string) =>
  new NotApplicable(`${what}: the target's rate limits turned the kit away; start it with RATE_LIMIT_SCALE=1000`);
