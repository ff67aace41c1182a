import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { runIn } from "@/app/(account)/_expiry/run-in";

const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("runIn", () => {
  it.each([1, 60_000, 2 ** 31 - 1, 2 ** 31, 30 * DAY_MS])("runs once, after %i ms and not before", (delayMs) => {
    const run = vi.fn();
    runIn(delayMs, run);
    vi.advanceTimersByTime(delayMs - 1);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(DAY_MS);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("runs at once when that time is over already", () => {
    const run = vi.fn();
    runIn(-1000, run);
    vi.advanceTimersByTime(0);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("notices within the hour that the machine has slept, its timers standing still", () => {
    const run = vi.fn();
    runIn(7 * DAY_MS, run);
    vi.setSystemTime(Date.now() + 8 * DAY_MS);
    vi.advanceTimersByTime(60 * 60 * 1000 + 1);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("is called off, at whatever time", () => {
    const run = vi.fn();
    const callOff = runIn(2 * DAY_MS, run);
    vi.advanceTimersByTime(DAY_MS);
    callOff();
    vi.advanceTimersByTime(2 * DAY_MS);
    expect(run).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
