import { describe, expect, it } from "vitest";

import { type Standing, standing } from "@/features/session/standing";
import { addSeconds } from "@/lib/clock";

const now = new Date("2026-01-01T12:00:00.000Z");
const graceSince = addSeconds(now, -10);
const ago = (...seconds: number[]) => seconds.map((s) => addSeconds(now, -s));

describe("standing", () => {
  const table: [string, number, [generation: number, confirmed: number, rotations: Date[]], Standing][] = [
    ["the row's own generation", 5, [5, 4, []], "current"],
    ["a generation ahead of a restored row", 7, [5, 5, []], "current"],
    ["superseded a second less than the grace ago", 4, [5, 5, ago(9)], "excused"],
    ["superseded a millisecond less than the grace ago", 4, [5, 5, ago(9.999)], "excused"],
    ["superseded exactly the grace ago", 4, [5, 5, ago(10)], "reuse"],
    ["superseded a second more than the grace ago", 4, [5, 5, ago(11)], "reuse"],
    ["superseded long ago, its successor never seen", 4, [5, 4, ago(9_000)], "successor_lost"],
    ["superseded just now, its successor never seen", 4, [5, 4, ago(0)], "excused"],
    ["the grandparent, both rotations within the grace", 3, [5, 5, ago(9, 1)], "excused"],
    ["the grandparent, the first rotation out of the grace", 3, [5, 5, ago(10, 1)], "reuse"],
    ["the parent then", 4, [5, 5, ago(10, 1)], "excused"],
    ["the grandparent, where the newest was never seen", 3, [5, 4, ago(9_000)], "reuse"],
    ["the great-grandparent with two rotations in the grace", 2, [5, 5, ago(5, 1)], "reuse"],
    ["the first generation of a session that was never rotated", 0, [0, 0, []], "current"],
    ["a rotation by a clock that was ahead", 4, [5, 5, ago(-15)], "excused"],
  ];

  it.each(table)("%s", (_, presented, [generation, confirmedGeneration, recentRotations], expected) => {
    expect(standing(presented, { generation, confirmedGeneration, recentRotations }, graceSince)).toBe(expected);
  });
});
