import fc from "fast-check";

export const INSTANCES = ["A", "B", "C"] as const;
export const BROWSERS = ["laptop", "phone"] as const;

type InstanceName = (typeof INSTANCES)[number];
type BrowserName = (typeof BROWSERS)[number];

/** One thing that happens. */
export type Step =
  | {
      kind: "ask";
      browser: BrowserName;
      instances: InstanceName[];
      how: "page" | "api" | "handler" | "render";
      force: boolean;
      fresh: boolean;
      answer: "arrives" | "lost" | "late";
    }
  | { kind: "deliver"; browser: BrowserName }
  | { kind: "steal"; browser: BrowserName }
  | { kind: "thief asks"; instance: InstanceName; how: "page" | "api" }
  | { kind: "revoke"; browser: BrowserName; instance: InstanceName; way: "own" | "others" | "admin" | "sign out" | "slow" }
  | { kind: "change role"; instance: InstanceName }
  | { kind: "wait"; seconds: number }
  | { kind: "clock back"; seconds: number }
  | { kind: "weather"; instance: InstanceName; weather: "up" | "away" | "cut" }
  | { kind: "flush"; instance: InstanceName }
  | { kind: "restart"; instance: InstanceName };

const instance = fc.constantFrom(...INSTANCES);
const browser = fc.oneof({ arbitrary: fc.constant(BROWSERS[0]), weight: 4 }, fc.constant(BROWSERS[1]));
const one = <Value>(...weighted: [Value, number][]) =>
  fc.oneof(...weighted.map(([value, weight]) => ({ arbitrary: fc.constant(value), weight })));
const kind = <Name extends string>(name: Name) => fc.constant(name);

const MINUTE = 60;
const DAY = 86_400;

const ask = fc.record({
  kind: kind("ask"),
  browser,
  instances: fc.oneof(
    { arbitrary: fc.tuple(instance), weight: 4 },
    { arbitrary: fc.array(instance, { minLength: 2, maxLength: 4 }), weight: 1 },
  ),
  how: one<"page" | "api" | "handler" | "render">(["page", 3], ["api", 2], ["handler", 2], ["render", 1]),
  force: one([false, 5], [true, 1]),
  fresh: one([false, 8], [true, 1]),
  answer: one<"arrives" | "lost" | "late">(["arrives", 6], ["lost", 2], ["late", 1]),
});
const wait = fc.record({
  kind: kind("wait"),
  seconds: one(
    ...([1, 2, 9, 11, 26, 59, 61, 790, 14 * MINUTE, 15 * MINUTE + 1, 3_600] as const).map((s): [number, number] => [s, 3]),
    [2 * DAY, 1],
    [7 * DAY - 1, 2],
    [7 * DAY + 16, 2],
    [8 * DAY, 1],
  ),
});

/** Mostly requests and time going by; the rest now and then. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: ask, weight: 12 },
  { arbitrary: wait, weight: 8 },
  { arbitrary: fc.record({ kind: kind("flush"), instance }), weight: 2 },
  { arbitrary: fc.record({ kind: kind("steal"), browser }), weight: 2 },
  {
    arbitrary: fc.record({ kind: kind("thief asks"), instance, how: fc.constantFrom("page", "api") }),
    weight: 4,
  },
  { arbitrary: fc.record({ kind: kind("deliver"), browser }), weight: 1 },
  {
    arbitrary: fc.record({
      kind: kind("revoke"),
      browser,
      instance,
      way: fc.constantFrom("own", "others", "admin", "sign out", "slow"),
    }),
    weight: 1,
  },
  { arbitrary: fc.record({ kind: kind("change role"), instance }), weight: 1 },
  { arbitrary: fc.record({ kind: kind("clock back"), seconds: fc.constantFrom(1, 5, 15) }), weight: 1 },
  {
    arbitrary: fc.record({ kind: kind("weather"), instance, weather: fc.constantFrom("up", "away", "cut") }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: kind("restart"), instance }), weight: 1 },
);

/** A story of 5 to 25 steps. */
export const stories = fc.array(step, { minLength: 5, maxLength: 25, size: "max" });
