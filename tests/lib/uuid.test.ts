import { describe, expect, it } from "vitest";

import { isUuid, uuidv7 } from "@/lib/uuid";

const NOW = new Date("2026-03-01T12:00:00.123Z");

describe("uuidv7", () => {
  it("is of version 7 and of RFC 9562's variant, and begins with the time", () => {
    const id = uuidv7(NOW);

    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(NOW.getTime());
  });

  it("is another each time, and sorts in the order of making, within one millisecond too", () => {
    const ids = Array.from({ length: 3 }, () => uuidv7(NOW));
    // The count begins anew once in 4096 times.
    const rounds = Array.from({ length: 2000 }, () => [uuidv7(NOW), uuidv7(NOW)] as const);

    expect(new Set(ids).size).toBe(3);
    expect(rounds.filter(([first, second]) => first >= second).length).toBeLessThanOrEqual(1);
  });
});

describe("isUuid", () => {
  it.each([
    ["01a20114-bbb9-7b54-8650-8221c1240d12", true],
    ["01A20114-BBB9-7B54-8650-8221C1240D12", true],
    ["01a20114-bbb9-7b54-8650-8221c1240d1", false],
    ["01a20114-bbb9-7b54-8650-8221c1240d12\n", false],
    ["{01a20114-bbb9-7b54-8650-8221c1240d12}", false],
    ["", false],
  ])("%j: %s", (value, expected) => {
    expect(isUuid(value)).toBe(expected);
  });
});
