import { describe, expect, it } from "vitest";

import type { StoredKey } from "@/features/signing-key/data";
import { isSettled, type KeyWish, planKeys } from "@/features/signing-key/plan-keys";
import { publicationLeadSeconds, retirementSeconds, SIGNING_LIFETIME_SECONDS } from "@/features/signing-key/policy";
import { addSeconds } from "@/lib/clock";

const T0 = new Date("2026-03-01T12:00:00Z");
const NONE: KeyWish = { kind: "none" };
const NOTHING = { remove: [], retire: null, promote: null, make: null };

const key = (id: string, part: Partial<StoredKey>): StoredKey => ({
  ...{ id, state: "current", createdAt: T0, activatedAt: T0, retiredAt: null },
  publicJwk: { kty: "EC", crv: "P-256", x: "x", y: "y" },
  sealedPrivateJwk: new Uint8Array(),
  ...part,
});
const current = key("a", {});
const next = key("b", { state: "next", createdAt: T0, activatedAt: null });
const previous = key("c", { state: "previous", retiredAt: T0 });

describe("planKeys", () => {
  it("makes the first key, which signs at once: nobody has seen another one", () => {
    expect(planKeys([], T0, NONE)).toEqual({ ...NOTHING, make: "current" });
    expect(planKeys([previous], T0, NONE)).toEqual({ ...NOTHING, make: "current" });
    expect(planKeys([next], T0, NONE)).toEqual({ ...NOTHING, promote: "b" });
  });

  it("publishes a successor one lead before the current key's 90 days are over, and not sooner", () => {
    const due = addSeconds(T0, SIGNING_LIFETIME_SECONDS - publicationLeadSeconds());

    expect(planKeys([current], addSeconds(due, -1), NONE)).toEqual(NOTHING);
    expect(planKeys([current], due, NONE)).toEqual({ ...NOTHING, make: "next" });
    expect(planKeys([current, next], addSeconds(T0, 1), NONE)).toEqual(NOTHING);
  });

  it("lets a successor sign once a cached JWKS and a token's life have passed since it was published", () => {
    // 300 s of cache, 300 s of token, 30 s until the last instance looked.
    expect(publicationLeadSeconds()).toBe(630);
    const known = addSeconds(T0, 630);

    expect(planKeys([current, next], addSeconds(known, -1), NONE)).toEqual(NOTHING);
    expect(planKeys([current, next], known, NONE)).toEqual({ ...NOTHING, retire: "a", promote: "b" });
  });

  it("removes a previous key once nothing that it signed can be accepted any more", () => {
    // 30 s until the last instance stopped signing with it, 300 s of token, 15 s of tolerance, 300 s of cache.
    expect(retirementSeconds()).toBe(645);
    const over = addSeconds(T0, 645);

    expect(planKeys([current, previous], addSeconds(over, -1), NONE)).toEqual(NOTHING);
    expect(planKeys([current, previous], over, NONE)).toEqual({ ...NOTHING, remove: ["c"] });
  });

  it("rotates when asked to, and does nothing more when asked again", () => {
    expect(planKeys([current], T0, { kind: "rotate" })).toEqual({ ...NOTHING, make: "next" });
    expect(planKeys([current, next], T0, { kind: "rotate" })).toEqual(NOTHING);
  });

  it("replaces a lost key at once, keeps it for what it signed, and replaces its replacement not", () => {
    const lost = { kind: "replace_lost", kid: "a" } as const;

    expect(planKeys([current, previous], T0, lost)).toEqual({ ...NOTHING, retire: "a", make: "current" });
    expect(planKeys([key("d", {}), key("a", { state: "previous", retiredAt: T0 })], T0, lost)).toEqual(NOTHING);
  });

  it("forgets every key for a leaked one, and replaces its replacement not", () => {
    const leaked = { kind: "replace_leaked", kid: "a" } as const;

    expect(planKeys([current, next, previous], T0, leaked)).toEqual({
      ...NOTHING,
      remove: ["a", "b", "c"],
      make: "current",
    });
    expect(planKeys([key("d", {})], T0, leaked)).toEqual(NOTHING);
  });
});

describe("isSettled", () => {
  it("tells nothing to do from each single step", () => {
    expect(isSettled(NOTHING)).toBe(true);
    for (const step of [{ remove: ["a"] }, { retire: "a" }, { promote: "a" }, { make: "next" as const }]) {
      expect(isSettled({ ...NOTHING, ...step })).toBe(false);
    }
  });
});
