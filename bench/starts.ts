import type { Contestant } from "./contestants";
import { median } from "./rounds";
import { startApp } from "./running-app";

/** How an application starts. */
export interface StartRow {
  readonly name: string;
  /** From the start of its process to its first answer. */
  readonly startedInMs: number;
  /** Memory after that answer. */
  readonly rssMb: number;
  /** As a multiple of the bare app's in the same round. */
  readonly startToBare: number;
}

/** Starts and stops all applications in turns. */
export async function measureStarts(
  prepared: readonly { contestant: Contestant; databaseUrl: string }[],
  rounds: number,
): Promise<StartRow[]> {
  const samples = new Map<string, { startedInMs: number; rssMb: number }[]>();
  for (let round = 0; round < rounds; round++) {
    for (const { contestant, databaseUrl } of prepared) {
      const app = await startApp(contestant, databaseUrl);
      const sample = { startedInMs: app.startedInMs, rssMb: app.rssMb() };
      await app.stop();
      samples.set(contestant.name, [...(samples.get(contestant.name) ?? []), sample]);
    }
  }
  const [bare = []] = samples.values();
  return [...samples].map(([name, all]) => ({
    name,
    startedInMs: median(all.map(({ startedInMs }) => startedInMs)),
    rssMb: median(all.map(({ rssMb }) => rssMb)),
    startToBare: median(all.map(({ startedInMs }, round) => startedInMs / (bare[round]?.startedInMs ?? Number.NaN))),
  }));
}
