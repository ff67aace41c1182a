import { describe, expect, it, vi } from "vitest";

import { inRequest, onceInRequest } from "@/lib/request-context";

describe("onceInRequest", () => {
  it("does the work once for each key, however far apart in the request, and shares even null", async () => {
    const work = vi.fn(() => null);
    await inRequest("request-1", async () => {
      onceInRequest("a", work);
      await Promise.resolve();
      expect(onceInRequest("a", work)).toBeNull();
      onceInRequest("b", work);
    });

    expect(work).toHaveBeenCalledTimes(2);
  });

  it("shares nothing with another request, not even with one that claims the same id", async () => {
    const results = await Promise.all(
      ["same", "same"].map((id, index) => inRequest(id, async () => onceInRequest("a", () => index))),
    );

    expect(results).toEqual([0, 1]);
  });

  it("does it each time outside of a request, and again where it failed", () => {
    const work = vi.fn(() => 1);
    onceInRequest("a", work);
    onceInRequest("a", work);
    expect(work).toHaveBeenCalledTimes(2);

    inRequest("request-1", () => {
      const broken = () => {
        throw new Error("broken");
      };
      expect(() => onceInRequest("a", broken)).toThrow("broken");
      expect(onceInRequest("a", work)).toBe(1);
    });
  });
});
