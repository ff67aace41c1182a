/**
 * Runs before each test file, in a process that ran others before: a valid environment, modules and globals as new, and no
 * word on the console.
 */
import "@testing-library/jest-dom/vitest";
import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

import { TEST_ENVIRONMENT } from "./environment";

const worker = globalThis as { environmentBeforeTests?: NodeJS.ProcessEnv };
if (!worker.environmentBeforeTests) {
  worker.environmentBeforeTests = { ...process.env };
  // The server and the browser that a worker keeps would keep it, too, when the run is killed.
  process.once("disconnect", () => process.exit());
}
for (const name of Object.keys(process.env)) delete process.env[name];
// As for the servers: what is tested is rarely a limit. Tests of limits set the scale back.
Object.assign(process.env, worker.environmentBeforeTests, TEST_ENVIRONMENT, { RATE_LIMIT_SCALE: "1000" });

// What the app keeps for the whole process and in its modules, the file before has filled. Packages stay loaded: that is
// what sharing a process saves.
for (const name of Object.keys(globalThis)) if (name.startsWith("latchkey")) Reflect.deleteProperty(globalThis, name);
vi.resetModules();

const { log } = await import("@/lib/log");
log.level = "silent";

const METHODS = ["debug", "error", "info", "log", "trace", "warn"] as const;
let spies: MockInstance[] = [];

beforeEach(() => {
  spies = METHODS.map((method) => vi.spyOn(console, method));
});

// A test that expects a word spies on that method itself, asserts it, and clears it with `mockClear()`.
afterEach(() => {
  const said = spies.flatMap((spy, index) =>
    spy.mock.calls.map((call) => `console.${METHODS[index]}: ${call.join(" ")}`),
  );
  for (const spy of spies) spy.mockRestore();
  expect(said, "A test must not print to the console").toEqual([]);
});
