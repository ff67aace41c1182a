import { describe, expect, it } from "vitest";

import { authenticatedWithin } from "@/features/reauthentication/authenticated-within";
import { addSeconds, epochSeconds } from "@/lib/clock";

const now = new Date("2026-01-01T12:00:00.000Z");
const ago = (seconds: number) => epochSeconds(addSeconds(now, -seconds));

describe("authenticatedWithin", () => {
  it.each([
    { age: 599, recent: true },
    { age: 600, recent: true },
    { age: 601, recent: false },
    // Another instance's clock may be a little ahead.
    { age: -15, recent: true },
  ])("of 600 s, $age s ago: $recent", ({ age, recent }) => {
    expect(authenticatedWithin(ago(age), 600, now)).toBe(recent);
  });

  it.each([-1, 0, 1, 59])("of %d s means of 60 s, or nobody would ever be back in time", (maxAge) => {
    expect(authenticatedWithin(ago(60), maxAge, now)).toBe(true);
    expect(authenticatedWithin(ago(61), maxAge, now)).toBe(false);
  });
});
