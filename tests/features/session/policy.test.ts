import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { rotationLeadSeconds, sessionLifetimes } from "@/features/session/policy";

describe("rotationLeadSeconds", () => {
  it("lies between 5 and 15 per cent of the window, and is the same for every copy of a cookie", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(), fc.integer({ min: 1, max: 86_400 }), (id, generation, window) => {
        const lead = rotationLeadSeconds(id, generation, window);
        expect(lead).toBeGreaterThanOrEqual(window * 0.05 - 1e-6);
        expect(lead).toBeLessThanOrEqual(window * 0.15 + 1e-6);
        expect(rotationLeadSeconds(id, generation, window)).toBe(lead);
      }),
    );
  });

  it("spreads sessions and generations over the whole of it", () => {
    const leads = Array.from({ length: 2_000 }, (_, index) => rotationLeadSeconds("a session", index, 1_000));

    expect(Math.min(...leads)).toBeLessThan(52);
    expect(Math.max(...leads)).toBeGreaterThan(148);
    expect(leads.filter((lead) => lead < 100).length).toBeGreaterThan(900);
    expect(leads.filter((lead) => lead > 100).length).toBeGreaterThan(900);
  });
});

describe("sessionLifetimes", () => {
  it("are 15 minutes, 7 days, 30 days and 10 seconds, unless the environment says otherwise", () => {
    expect(sessionLifetimes()).toEqual({
      accessSeconds: 900,
      idleSeconds: 604_800,
      absoluteSeconds: 2_592_000,
      graceSeconds: 10,
    });
  });
});
