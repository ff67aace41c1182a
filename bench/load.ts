import { createRequire } from "node:module";
import { join } from "node:path";
import { createHistogram, type RecordableHistogram } from "node:perf_hooks";

import { Failure } from "@/lib/failure";
import { PEERS } from "./contestants";
import type { RunningApp } from "./running-app";

/** What one application did in one round of one scenario. */
export interface Measurement {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of the server's process for each answer. */
  readonly cpuMicroseconds: number;
}

/** A load of one kind of request. */
export interface Load {
  readonly path: string;
  readonly cookie: string | null;
  /** What every answer must be: a refusal that was measured as an answer would look fast. */
  readonly status: number;
  readonly seconds: number;
  /** At most so many a second, for loads that must leave the server idle in between. */
  readonly perSecond?: number;
}

const CONNECTIONS = 8;

/** What is used of autocannon, which is installed with the peers. */
type Autocannon = (options: {
  url: string;
  connections: number;
  duration: number;
  headers: Record<string, string>;
  overallRate?: number;
}) => Promise<unknown> & {
  on(event: "response", told: (client: unknown, status: number, bytes: number, ms: number) => void): void;
};

/** @throws Failure `bench_unexpected_answer` */
export async function putLoadOn(app: RunningApp, load: Load): Promise<Measurement> {
  const autocannon = createRequire(join(PEERS, "package.json"))("autocannon") as Autocannon;
  const wrong = new Map<number, number>();
  return measure(app, async (record) => {
    const run = autocannon({
      url: app.origin + load.path,
      connections: CONNECTIONS,
      duration: load.seconds,
      headers: load.cookie === null ? {} : { cookie: load.cookie },
      ...(load.perSecond === undefined ? {} : { overallRate: load.perSecond }),
    });
    run.on("response", (_client, status, _bytes, ms) => {
      if (status !== load.status) wrong.set(status, (wrong.get(status) ?? 0) + 1);
      record(ms);
    });
    await run;
    if (wrong.size > 0) {
      const seen = [...wrong].map(([status, times]) => `${times} × ${status}`).join(", ");
      throw new Failure(
        "bench_unexpected_answer",
        `${app.contestant.name} answered ${load.path} with ${seen}, not with ${load.status}.`,
      );
    }
  });
}

/** Has `lanes` go on with one `step` after the other for so long, each step told its lane. */
export async function putStepsOn(
  app: RunningApp,
  options: { lanes: number; seconds: number },
  step: (lane: number) => Promise<void>,
): Promise<Measurement> {
  const endAt = performance.now() + options.seconds * 1000;
  return measure(app, async (record) => {
    await Promise.all(
      Array.from({ length: options.lanes }, async (_, lane) => {
        while (performance.now() < endAt) {
          const began = performance.now();
          await step(lane);
          record(performance.now() - began);
        }
      }),
    );
  });
}

async function measure(app: RunningApp, work: (record: (ms: number) => void) => Promise<void>): Promise<Measurement> {
  const latencies = createHistogram();
  const cpuBefore = app.cpuSeconds();
  const began = performance.now();
  await work((ms) => latencies.record(Math.max(1, Math.round(ms * 1000))));
  const seconds = (performance.now() - began) / 1000;
  return {
    perSecond: latencies.count / seconds,
    p50Ms: percentileMs(latencies, 50),
    p99Ms: percentileMs(latencies, 99),
    cpuMicroseconds: ((app.cpuSeconds() - cpuBefore) * 1_000_000) / latencies.count,
  };
}

const percentileMs = (histogram: RecordableHistogram, percentile: number) => histogram.percentile(percentile) / 1000;
