import { describe, expect, it } from "vitest";

import { flowCookieAttributes, flowCookieName, surplusFlowCookies } from "@/features/provider-flow/flow-cookie";
import { uuidv7 } from "@/lib/uuid";

const now = new Date("2026-01-01T12:00:00.000Z");

/** Names of flows' cookies, the oldest first. */
const namesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => flowCookieName(uuidv7(new Date(now.getTime() + index))));

describe("surplusFlowCookies", () => {
  it("has the oldest make room for a sixth flow, in whatever order they came", () => {
    const names = namesOf(8);

    expect(surplusFlowCookies(names.slice(0, 5))).toEqual([]);
    expect(surplusFlowCookies([...names].reverse()).sort()).toEqual(names.slice(0, 3));
  });

  it("touches no other cookie, and keeps nothing that only looks like a flow's", () => {
    const names = ["authjs.session-token", "latchkey.device", "latchkey.flowers", "latchkey.flow.x", "latchkey.flow."];
    expect(surplusFlowCookies([...names, ...namesOf(1)])).toEqual(["latchkey.flow.x", "latchkey.flow."]);
  });
});

describe("flowCookieAttributes", () => {
  it("keep it an hour, for the server alone", () => {
    const flow = { id: uuidv7(now), provider: "google", callbackPath: "/", startedAt: now, restarted: false };
    expect(flowCookieAttributes(flow)).toEqual({
      ...{ httpOnly: true, sameSite: "lax", path: "/", secure: false },
      expires: new Date("2026-01-01T13:00:00.000Z"),
    });
  });
});
