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
  | {
      kind: "revoke";
      browser: BrowserName;
      instance: InstanceName;
      way: "own" | "others" | "admin" | "sign out" | "slow";
    }
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
    ...([1, 2, 9, 11, 26, 59, 61, 790, 14 * MINUTE, 15 * MINUTE + 1, 3_600] as const).map((s): [number, number] => [
      s,
      3,
    ]),
    [2 * DAY, 1],
    [7 * DAY - 1, 2],
    [7 * DAY + 16, 2],
    [8 * DAY, 1],
  ),
});
const revoke = fc.record({
  kind: kind("revoke"),
  browser,
  instance,
  way: fc.constantFrom("own", "others", "admin", "sign out", "slow"),
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
  { arbitrary: revoke, weight: 1 },
  { arbitrary: fc.record({ kind: kind("change role"), instance }), weight: 1 },
  { arbitrary: fc.record({ kind: kind("clock back"), seconds: fc.constantFrom(1, 5, 15) }), weight: 1 },
  {
    arbitrary: fc.record({ kind: kind("weather"), instance, weather: fc.constantFrom("up", "away", "cut") }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: kind("restart"), instance }), weight: 1 },
);

const asks = (changes: Partial<Step & { kind: "ask" }>) =>
  ask.map((asked): Step => ({ ...asked, browser: BROWSERS[0], force: false, ...changes }));
const waits = (...seconds: number[]) => fc.constantFrom(...seconds.map((s): Step => ({ kind: "wait", seconds: s })));
const overTheWindow = waits(14 * MINUTE, 15 * MINUTE + 1, 3_600);
const overTheGrace = waits(9, 11, 26);
const flushAll = INSTANCES.map((name) => fc.constant<Step>({ kind: "flush", instance: name }));
const thiefAsks = fc.record({ kind: kind("thief asks"), instance, how: fc.constantFrom("page", "api") });

/** What seldom comes about by chance, in the order that matters. */
const scenes: fc.Arbitrary<Step>[][] = [
  // A copy is made; the browser goes on, and shows what it got; then the copy is used.
  [
    fc.constant<Step>({ kind: "steal", browser: BROWSERS[0] }),
    overTheWindow,
    ...[asks({ answer: "arrives", how: "page" }), waits(1), asks({ how: "handler" })],
    ...flushAll,
    ...[overTheGrace, thiefAsks],
  ],
  // The thief is the first to go on.
  [
    ...[fc.constant<Step>({ kind: "steal", browser: BROWSERS[0] }), overTheWindow, thiefAsks, waits(1), thiefAsks],
    ...flushAll,
    ...[overTheGrace, asks({})],
  ],
  // A session ends at one server; others are asked at once, and soon after.
  [
    ...[asks({ instances: ["B"] }), revoke, asks({ instances: ["B"], fresh: true }), waits(1)],
    ...[asks({ instances: ["C"] }), waits(1), asks({ instances: ["B"] })],
  ],
  // The answer that carries the successor is lost, whatever else goes on there.
  [
    overTheWindow,
    asks({ answer: "lost" }),
    ...flushAll,
    overTheGrace,
    asks({ answer: "lost" }),
    overTheGrace,
    asks({}),
  ],
];

/** A scene, with something else in between now and then. */
const scene = fc
  .constantFrom(...scenes)
  .chain((steps) => fc.tuple(...steps.map((expected) => fc.tuple(fc.option(step, { freq: 1 }), expected))))
  .map((pairs) => pairs.flatMap(([other, expected]) => (other ? [other, expected] : [expected])));

/** A story of some 5 to 30 steps. */
export const stories: fc.Arbitrary<Step[]> = fc
  .array(fc.oneof({ arbitrary: step.map((single) => [single]), weight: 12 }, { arbitrary: scene, weight: 1 }), {
    minLength: 4,
    maxLength: 20,
    size: "max",
  })
  .map((parts) => parts.flat());
