import { describe, expect, it } from "vitest";

import { fill } from "@/lib/i18n/fill";

describe("fill", () => {
  it("puts each value in its place, as often as it stands there", () => {
    expect(fill("{name}: {count} of {name}", { name: "Ada", count: 0 })).toBe("Ada: 0 of Ada");
  });

  it("leaves what it has no value for, so that it is seen", () => {
    expect(fill("Hello {name}", {})).toBe("Hello {name}");
  });

  it("takes a value as text, even one that looks like a placeholder or a pattern", () => {
    expect(fill("{a} {b}", { a: "{b}", b: "$&" })).toBe("{b} $&");
  });
});
