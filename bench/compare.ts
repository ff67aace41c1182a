import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { Failure } from "@/lib/failure";
import { startEmbeddedPostgres } from "../scripts/development/embedded-postgres";
import { measureBytes } from "./bytes";
import { CONTESTANTS, type Contestant } from "./contestants";
import type { Results, Table } from "./measured";
import { measureMemory } from "./memory";
import { buildContestants, prepareDatabase } from "./prepare";
import { keepResults } from "./results";
import { runRounds } from "./rounds";
import { startApp } from "./running-app";
import { type ReadyApp, SCENARIOS } from "./scenarios";
import { measureStarts } from "./starts";
import { tableOfBytes, tableOfMemory, tableOfRows, tableOfStarts } from "./tables";

/** Beside the scenarios of requests. */
const OTHERS = ["starts", "bytes", "memory"];

interface Prepared {
  readonly contestant: Contestant;
  readonly databaseUrl: string;
}

interface Options {
  readonly scenarios: readonly string[];
  readonly contestants: readonly Contestant[];
  readonly rounds: number;
  readonly seconds: number;
  /** Of load, before memory is looked at. */
  readonly minutes: number;
  readonly keep: boolean;
  readonly nodeArguments: readonly string[];
}

/**
 * `npm run bench -- peers`: Latchkey, bare Next and other ways to sign people in, measured in turns.
 *
 * `--scenarios json,page` and `--apps latchkey,bare` choose; `--rounds 7`, `--seconds 2` and `--minutes 1` (of load,
 * before memory is looked at) say how long; `--keep` puts the
 * results among those in docs/performance/; `--profile FOLDER` has each process write where its time went.
 */
export async function compare(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  await buildContestants(options.contestants);
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const postgres = await startEmbeddedPostgres({ dataDirectory: folder, durable: true });
  // Whoever interrupts a run is left with nothing running.
  const endPostgres = () => process.kill(postgres.pid, "SIGINT");
  process.once("exit", endPostgres);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  try {
    const prepared: Prepared[] = [];
    for (const contestant of options.contestants) {
      prepared.push({ contestant, databaseUrl: await prepareDatabase(contestant, postgres.url) });
    }
    await measureAll(prepared, options);
    return 0;
  } finally {
    process.removeListener("exit", endPostgres);
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scenarios: { type: "string", default: [...Object.keys(SCENARIOS), ...OTHERS].join(",") },
      apps: { type: "string", default: CONTESTANTS.map(({ id }) => id).join(",") },
      rounds: { type: "string", default: "7" },
      seconds: { type: "string", default: "2" },
      minutes: { type: "string", default: "1" },
      keep: { type: "boolean", default: false },
      profile: { type: "string", default: "" },
    },
  });
  const scenarios = values.scenarios.split(",");
  const apps = values.apps.split(",");
  const unknown = [
    ...scenarios.filter((name) => !SCENARIOS[name] && !OTHERS.includes(name)),
    ...apps.filter((id) => !CONTESTANTS.some((contestant) => contestant.id === id)),
  ];
  if (unknown.length > 0) throw new Failure("bench_unknown_name", `There is no ${unknown.join(", ")} to measure.`);
  return {
    scenarios,
    contestants: CONTESTANTS.filter(({ id }) => apps.includes(id)),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    minutes: Number(values.minutes),
    keep: values.keep,
    nodeArguments: values.profile === "" ? [] : ["--cpu-prof", `--cpu-prof-dir=${resolve(values.profile)}`],
  };
}

async function measureAll(prepared: readonly Prepared[], options: Options): Promise<void> {
  const { scenarios, rounds } = options;
  // At once, so that a run that is interrupted was not in vain.
  const note = (measured: Omit<Results, "requests">, requests: Results["requests"] = {}) => {
    if (options.keep) keepResults({ ...measured, requests });
  };
  if (scenarios.includes("starts")) {
    const starts = await measureStarts(prepared, rounds);
    say(tableOfStarts(starts));
    note({ starts });
  }
  const apps: ReadyApp[] = [];
  try {
    for (const each of prepared) apps.push(await makeReady(each, options.nodeArguments));
    for (const name of scenarios) {
      const table = await measureScenario(name, apps, options);
      if (table) note({}, { [name]: table });
    }
    if (scenarios.includes("bytes")) {
      const bytes = await measureBytes(apps);
      say(tableOfBytes(bytes));
      note({ bytes });
    }
    if (scenarios.includes("memory")) {
      const memory = await measureMemory(apps, options.minutes);
      say(tableOfMemory(memory));
      note({ memory });
    }
  } finally {
    await Promise.all(apps.map(({ app }) => app.stop()));
  }
}

async function makeReady({ contestant, databaseUrl }: Prepared, nodeArguments: readonly string[]): Promise<ReadyApp> {
  const app = await startApp(contestant, databaseUrl, nodeArguments);
  try {
    return { app, cookie: await contestant.signIn(app.origin) };
  } catch (error) {
    await app.stop();
    throw error;
  }
}

async function measureScenario(
  name: string,
  apps: readonly ReadyApp[],
  { rounds, seconds }: Options,
): Promise<Table | null> {
  const scenario = SCENARIOS[name];
  if (!scenario) return null;
  const rows = await runRounds(scenario, apps, { rounds, seconds }, (round) =>
    process.stderr.write(`  ${scenario.title}: round ${round} of ${rounds}\n`),
  );
  const base = CONTESTANTS.find(({ id }) => id === scenario.base)?.name ?? null;
  const table = { title: scenario.title, base, rounds, seconds, rows };
  say(tableOfRows(table));
  return table;
}

function say(table: string): void {
  process.stdout.write(`\n${table}`);
}
