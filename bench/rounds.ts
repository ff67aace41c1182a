import type { Measurement } from "./load";
import type { ReadyApp, Scenario } from "./scenarios";

/** The medians of an application in a scenario. */
export interface Row extends Measurement {
  readonly name: string;
  /** Answers a second, as a multiple of what each row of the same round did. */
  readonly throughputTo: Readonly<Record<string, number>>;
  /** The p99 as a multiple of the base's in the same round, and CPU time beyond the base's for each answer; NaN without a base. */
  readonly p99ToBase: number;
  readonly cpuAdded: number;
}

type Round = ReadonlyMap<string, Measurement>;

/** What the first round finds uncompiled and unconnected. */
const WARM_UP_SECONDS = 2;

/**
 * Measures all applications in turns, so that whatever else the machine does meets all of them, and compares within each round.
 *
 * @param tell - Told of each round that is over.
 */
export async function runRounds(
  scenario: Scenario,
  apps: readonly ReadyApp[],
  { rounds, seconds }: { rounds: number; seconds: number },
  tell: (round: number) => void,
): Promise<Row[]> {
  const taking = apps.filter((ready) => scenario.takesPart(ready));
  if (scenario.base !== "itself") {
    for (const ready of taking) await scenario.measure(ready, Math.min(WARM_UP_SECONDS, seconds));
  }
  const all: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    const measured = new Map<string, Measurement>();
    for (const ready of rotated(taking, round)) {
      for (const [key, result] of Object.entries(await scenario.measure(ready, seconds))) {
        measured.set(key === "" ? ready.app.contestant.name : `${ready.app.contestant.name} · ${key}`, result);
      }
    }
    all.push(measured);
    tell(round + 1);
  }
  const base = apps.find(({ app }) => app.contestant.id === scenario.base)?.app.contestant.name;
  return [...(all[0]?.keys() ?? [])].map((name) => summarize(name, base ?? `${name.split(" · ", 1)[0]} · idle`, all));
}

/** Nobody is always the first, or always comes after the same one. */
const rotated = <Value>(values: readonly Value[], by: number): Value[] => [
  ...values.slice(by % values.length),
  ...values.slice(0, by % values.length),
];

function summarize(name: string, base: string, rounds: readonly Round[]): Row {
  const of = (value: (own: Measurement) => number) => median(ownIn(rounds, name).map(value));
  const against = (other: string, compare: (own: Measurement, theirs: Measurement) => number) => {
    const theirs = ownIn(rounds, other);
    return median(ownIn(rounds, name).flatMap((own, round) => (theirs[round] ? [compare(own, theirs[round])] : [])));
  };
  const others = [...(rounds[0]?.keys() ?? [])].filter((other) => other !== name);
  return {
    name,
    perSecond: of((own) => own.perSecond),
    p50Ms: of((own) => own.p50Ms),
    p99Ms: of((own) => own.p99Ms),
    cpuMicroseconds: of((own) => own.cpuMicroseconds),
    throughputTo: Object.fromEntries(
      others.map((other) => [other, against(other, (own, theirs) => own.perSecond / theirs.perSecond)]),
    ),
    p99ToBase: against(base, (own, theirs) => own.p99Ms / theirs.p99Ms),
    cpuAdded: against(base, (own, theirs) => own.cpuMicroseconds - theirs.cpuMicroseconds),
  };
}

const ownIn = (rounds: readonly Round[], name: string) => rounds.flatMap((round) => round.get(name) ?? []);

/** The middle one; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
