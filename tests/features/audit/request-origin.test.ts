import { describe, expect, it } from "vitest";

import { originOf } from "@/features/audit/request-origin";

describe("originOf", () => {
  it("takes the address that the server in front of the app has noted, and the user agent", () => {
    const headers = new Headers({ "x-latchkey-peer": "192.0.2.1", "user-agent": "Firefox" });

    expect(originOf(headers)).toEqual({ ip: "192.0.2.1", userAgent: "Firefox" });
  });

  it("cuts a user agent to 400 characters, and knows of none", () => {
    expect(originOf(new Headers({ "user-agent": "x".repeat(401) })).userAgent).toBe("x".repeat(400));
    expect(originOf(new Headers())).toEqual({ ip: null, userAgent: null });
  });
});
