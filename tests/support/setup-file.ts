/** Runs before each test file: a valid environment, and no word on the console. */
import "@testing-library/jest-dom/vitest";
import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

import { log } from "@/lib/log";
import { TEST_ENVIRONMENT } from "./environment";

Object.assign(process.env, TEST_ENVIRONMENT);
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
