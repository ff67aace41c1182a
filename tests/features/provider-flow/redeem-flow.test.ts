import { describe, expect, it } from "vitest";

import { flowCookieName, sealFlowSecrets } from "@/features/provider-flow/flow-cookie";
import { type FlowState, openFlowState, sealFlowState } from "@/features/provider-flow/flow-state";
import { redeemFlow } from "@/features/provider-flow/redeem-flow";
import { addSeconds } from "@/lib/clock";
import { uuidv7 } from "@/lib/uuid";
import { useDatabase } from "../../support/database";

useDatabase();
const now = new Date("2026-01-01T12:00:00.000Z");
const SECRETS = { codeVerifier: "v".repeat(43), nonce: null };

/** A flow that began now, as a provider's answer and the browser's cookies bring it back. */
function newFlow(changes: Partial<FlowState> = {}) {
  const flow = {
    ...{ id: uuidv7(now), provider: "google", callbackPath: "/profile", startedAt: now, restarted: false },
    ...changes,
  };
  const state = sealFlowState(flow);
  const token = sealFlowSecrets(state, SECRETS);
  const jar = new Map([[flowCookieName(flow.id), token]]);
  return { flow, state, token, jar, cookieOf: (name: string) => jar.get(name) };
}

describe("redeemFlow", () => {
  it("gives back what the flow began with, once", async () => {
    const { flow, state, token, cookieOf } = newFlow();

    expect(await redeemFlow(state, "google", cookieOf, now)).toEqual({
      outcome: "open",
      flow: { ...flow, ...SECRETS, token },
    });
    expect(await redeemFlow(state, "google", cookieOf, now)).toEqual({
      ...{ outcome: "broken", state: flow, begunHere: true },
    });
  });

  it("takes a flow until it is 15 minutes old, whatever the browser still holds (A61)", async () => {
    const at = async (seconds: number) => {
      const { state, cookieOf } = newFlow();
      return (await redeemFlow(state, "google", cookieOf, addSeconds(now, seconds))).outcome;
    };

    expect([await at(899), await at(900), await at(901)]).toEqual(["open", "broken", "broken"]);
  });

  it("is not begun here without the cookie, or with another flow's (A62)", async () => {
    const [one, other] = [newFlow(), newFlow()];
    const broken = { outcome: "broken", state: one.flow, begunHere: false };

    expect(await redeemFlow(one.state, "google", () => undefined, now)).toEqual(broken);
    expect(await redeemFlow(one.state, "google", () => other.token, now)).toEqual(broken);
    // Neither used the flow up.
    expect((await redeemFlow(one.state, "google", one.cookieOf, now)).outcome).toBe("open");
  });

  it("knows no answer that came to another provider's address, or whose state was not made here (A64)", async () => {
    const { state, cookieOf } = newFlow();
    const unknown = { outcome: "unknown" };

    expect(await redeemFlow(state, "github", cookieOf, now)).toEqual(unknown);
    for (const forged of ["", "x", `${state}AAAA`, state.slice(0, -4), "é", "..", state.toUpperCase()]) {
      expect(await redeemFlow(forged, "google", cookieOf, now)).toEqual(unknown);
    }
  });
});

describe("sealFlowState", () => {
  it("tells nobody where a flow leads to, and is never the same twice", () => {
    const { flow, state } = newFlow();

    expect(Buffer.from(state, "base64url").toString("latin1")).not.toContain("profile");
    expect(sealFlowState(flow)).not.toBe(state);
    expect(openFlowState(state)).toEqual(flow);
  });

  it("is not opened by what a flow's cookie is sealed with", () => {
    const { token } = newFlow();
    expect(openFlowState(token)).toBeNull();
  });
});
