import { HABITS, type Minute, peakOf, simulateDay } from "./day";

import { keptResults } from "./results";
import { textTable } from "./tables";

const PEOPLE = [10_000, 1_000_000, 100_000_000] as const;
const WINDOW_MINUTES = 15;
const DAYS_OF_A_SESSION = 30;
/** Of what cores can do, so that a burst within the minute and an instance that is lost are no outage. */
const UTILISATION = 0.5;
const CORES_PER_INSTANCE = 2;
const SECONDS = 60;

/** What one of each costs the server, in seconds of CPU. */
interface ServiceTimes {
  readonly request: number;
  readonly rotation: number;
  readonly signIn: number;
}

/** A rotation is one update, and a note in the row once its cookie has arrived; both in batches of one at worst. */
const WRITES_OF_A_ROTATION = 2;
/** Tries taken and given back, the session, what is written down of it: counted in tests/features/session/statements.test.ts. */
const WRITES_OF_A_SIGN_IN = 12;

/**
 * `npm run bench -- capacity`: what so many people need, by the service times that were measured last, or by those that are
 * given: `npm run bench -- capacity 1 1.5 280`, in milliseconds of CPU for a request, a rotation and a sign-in.
 */
export function capacity(given: readonly string[]): number {
  const [request, rotation, signIn] = given.map((milliseconds) => Number(milliseconds) / 1000);
  const times = request && rotation && signIn ? { request, rotation, signIn } : measuredTimes();
  if (!times) {
    process.stderr.write(
      "Nothing was measured yet: npm run bench -- peers --scenarios json,rotation,sign-ins --keep\n",
    );
    return 1;
  }
  const day = simulateDay(WINDOW_MINUTES);
  const peak = peakOf(day);
  const table = textTable(
    `The busiest minute of a day; ${HABITS.activeShare * 100} % of all people come, access window ${WINDOW_MINUTES} min`,
    [
      "people",
      "requests/s",
      "rotations/s",
      "sign-ins/s",
      "cores",
      `instances of ${CORES_PER_INSTANCE}`,
      "writes/s",
      "session rows",
    ],
    PEOPLE.map((people) => rowOf(people, peak, times)),
  );
  const perDay = day.reduce((sum, minute) => sum + minute.rotations, 0);
  process.stdout.write(
    `${table}\nThe busiest minute has ${((peak.rotations * 24 * 60) / perDay).toFixed(1)} times the rotations of the average one.\n`,
  );
  return 0;
}

function rowOf(people: number, peak: Minute, times: ServiceTimes): string[] {
  const perSecond = (each: number) => (each * people) / SECONDS;
  const [requests, rotations, signIns] = [peak.requests, peak.rotations, peak.signIns].map(perSecond) as [
    number,
    number,
    number,
  ];
  const cores = requests * times.request + rotations * times.rotation + signIns * times.signIn;
  const writes = rotations * WRITES_OF_A_ROTATION + signIns * WRITES_OF_A_SIGN_IN;
  const sessions = people * HABITS.activeShare * HABITS.sittings * HABITS.signInShare * DAYS_OF_A_SESSION;
  const instances = Math.max(2, Math.ceil(cores / UTILISATION / CORES_PER_INSTANCE));
  return [people, requests, rotations, signIns, cores, instances, writes, sessions].map(inWords);
}

function measuredTimes(): ServiceTimes | null {
  const { requests } = keptResults();
  const cpuSeconds = (scenario: string) =>
    (requests[scenario]?.rows.find(({ name }) => name === "Latchkey")?.cpuMicroseconds ?? Number.NaN) / 1_000_000;
  const times = { request: cpuSeconds("json"), rotation: cpuSeconds("rotation"), signIn: cpuSeconds("sign-ins") };
  return Object.values(times).some(Number.isNaN) ? null : times;
}

function inWords(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return Number.isInteger(value) ? String(value) : value.toPrecision(2);
}
