import { describe, expect, it } from "vitest";

import { originOf } from "@/features/audit/request-origin";

describe("originOf", () => {
  it("takes the address that the server in front of the app has noted, and the user agent", () => {
    const headers = new Headers({ "x-latchkey-peer": "192.0.2.1", "user-agent": "Firefox" });

    expect(originOf(headers)).toEqual({ ip: "192.0.2.1", userAgent: "Firefox" });
  });

  it("names the request as its answer does, and takes no other text for such a name", () => {
    expect(originOf(new Headers({ "x-request-id": "0b5d1c54-98a5" }))).toMatchObject({ requestId: "0b5d1c54-98a5" });
    expect(originOf(new Headers({ "x-request-id": "a b c d e f g" }))).toEqual({ ip: null, userAgent: null });
  });

  it("cuts a user agent to 400 characters, and knows of none", () => {
    expect(originOf(new Headers({ "user-agent": "x".repeat(401) })).userAgent).toBe("x".repeat(400));
    expect(originOf(new Headers())).toEqual({ ip: null, userAgent: null });
  });

  it.each([
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["pt-BR, fr;q=0.5", "fr"],
    ["*", "en"],
    ["tlh", "en"],
    ["x".repeat(4000), "en"],
  ])("tells the language that suits %j best", (acceptLanguage, language) => {
    expect(originOf(new Headers({ "accept-language": acceptLanguage }))).toMatchObject({ language });
  });

  it.each([
    ["latchkey.language=fr", "fr"],
    ["a=b; latchkey.language=fr", "fr"],
    ["latchkey.language=x", "de"],
    ["latchkey.languages=fr", "de"],
  ])("tells rather the one that was chosen there: %s", (cookie, language) => {
    expect(originOf(new Headers({ cookie, "accept-language": "de" }))).toMatchObject({ language });
  });
});
