/** What one person does on a day when they come, by assumption; docs/scaling.md says why these. */
export const HABITS = {
  /** Of all accounts, those that come on one day. */
  activeShare: 0.3,
  /** Sittings of an active person, most of them in the two waves. */
  sittings: 3,
  sittingMinutes: 12,
  requestsPerMinute: 4,
  /** Of the sittings, those that begin with a password: a new device, a cleared browser, a session out of its time. */
  signInShare: 0.03,
} as const;

const MINUTES = 24 * 60;
/** When people come: at the beginning of work, and in the evening; the rest at any time. */
const WAVES = [
  { atMinute: 8 * 60 + 30, spreadMinutes: 45, share: 0.45 },
  { atMinute: 20 * 60, spreadMinutes: 90, share: 0.35 },
] as const;
/** Enough for the busiest minute to be within a few per cent. */
const SIMULATED_PEOPLE = 100_000;
const EARLIEST_ROTATION = 0.85;
const ROTATION_SPREAD = 0.1;

/** What one minute of the day brings for each account, on average over all of them. */
export interface Minute {
  requests: number;
  rotations: number;
  signIns: number;
}

/**
 * Simulates a day of active people and returns its minutes: each sitting begins with a rotation, since the window has passed
 * since the last, and goes on with one after 85 to 95 per cent of each window, as the session engine spreads them.
 *
 * @param windowMinutes - SESSION_ACCESS_TTL.
 */
export function simulateDay(windowMinutes: number): Minute[] {
  const day = Array.from({ length: MINUTES }, () => ({ requests: 0, rotations: 0, signIns: 0 }));
  const random = newRandom(1);
  const weight = HABITS.activeShare / SIMULATED_PEOPLE;
  for (let sitting = 0; sitting < SIMULATED_PEOPLE * HABITS.sittings; sitting++) {
    const begins = beginning(random);
    const signsIn = random() < HABITS.signInShare;
    add(day, begins, signsIn ? "signIns" : "rotations", weight);
    const lead = () => windowMinutes * (EARLIEST_ROTATION + ROTATION_SPREAD * random());
    for (let at = lead(); at < HABITS.sittingMinutes; at += lead()) add(day, begins + at, "rotations", weight);
    for (let minute = 0; minute < HABITS.sittingMinutes; minute++) {
      add(day, begins + minute, "requests", weight * HABITS.requestsPerMinute);
    }
  }
  return day;
}

/** The busiest minute of each kind. */
export function peakOf(day: readonly Minute[]): Minute {
  const most = (kind: keyof Minute) => Math.max(...day.map((minute) => minute[kind]));
  return { requests: most("requests"), rotations: most("rotations"), signIns: most("signIns") };
}

function add(day: readonly Minute[], at: number, kind: keyof Minute, weight: number): void {
  const minute = day[((Math.floor(at) % MINUTES) + MINUTES) % MINUTES];
  if (minute) minute[kind] += weight;
}

function beginning(random: () => number): number {
  let choice = random();
  for (const { atMinute, spreadMinutes, share } of WAVES) {
    if (choice < share) return atMinute + normal(random) * spreadMinutes;
    choice -= share;
  }
  return random() * MINUTES;
}

/** Box–Muller. */
const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** The same numbers in each run: https://prng.di.unimi.it/splitmix64.c, in 32 bits. */
function newRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
