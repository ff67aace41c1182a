import { describe, expect, it } from "vitest";

import { isCrossOrigin } from "@/scripts/server/cross-origin";

const ORIGIN = "http://localhost:3000";
const APPLE = "/api/auth/callback/apple";
const own = { origin: ORIGIN, formPosts: new Map([[APPLE, ["https://appleid.apple.com"]]]) };
const cookie = { cookie: "authjs.session-token=x" };
const PATHS = ["/api/things", "/api/auth/signout", "/sign-in", "/dashboard"];

type Headers = Record<string, string>;
const refuses = (method: string, path: string, headers: Headers) => isCrossOrigin({ method, path, headers }, own);

describe("isCrossOrigin, of a method that changes something", () => {
  it.each<[string, Headers]>([
    ["our origin", { origin: ORIGIN }],
    ["our origin, with a cookie", { origin: ORIGIN, ...cookie }],
    ["our origin, whatever another header says", { origin: ORIGIN, "sec-fetch-site": "cross-site" }],
    ["same-origin without Origin", { "sec-fetch-site": "same-origin", ...cookie }],
    ["the address bar without Origin", { "sec-fetch-site": "none", ...cookie }],
  ])("lets through: %s", (_name, headers) => {
    for (const path of PATHS) expect([path, refuses("POST", path, headers)]).toEqual([path, false]);
  });

  it.each<[string, Headers]>([
    ["another origin", { origin: "https://evil.test" }],
    ["another origin that says it is ours", { origin: "https://evil.test", "sec-fetch-site": "same-origin" }],
    ["an opaque origin", { origin: "null" }],
    ["no origin's name", { origin: "" }],
    ["our host over another scheme", { origin: "https://localhost:3000" }],
    ["our host on another port", { origin: "http://localhost:3001" }],
    ["our origin as a prefix", { origin: "http://localhost:3000.evil.test" }],
    ["our origin with a path", { origin: `${ORIGIN}/` }],
    ["our origin and another", { origin: `${ORIGIN}, https://evil.test` }],
    ["our origin in capitals", { origin: "HTTP://LOCALHOST:3000" }],
    [
      "a host that agrees with the evil origin",
      { origin: "https://evil.test", host: "evil.test", "x-forwarded-host": "evil.test" },
    ],
    ["another site without Origin", { "sec-fetch-site": "cross-site" }],
    ["a sibling site without Origin", { "sec-fetch-site": "same-site" }],
    ["a site that no standard knows", { "sec-fetch-site": "ours" }],
    ["a Referer from elsewhere alone", { referer: "https://evil.test/page" }],
    ["a Referer that is none", { referer: "evil" }],
    ["nobody, but with a cookie", cookie],
    ["our Referer, but with a cookie", { referer: `${ORIGIN}/`, ...cookie }],
  ])("refuses (A70): %s", (_name, headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"]) {
      for (const path of PATHS) expect([method, path, refuses(method, path, headers)]).toEqual([method, path, true]);
    }
  });

  it("lets a program without a browser's headers on to the API, and not to a page's forms (A71)", () => {
    expect(
      ["/api/things", "/api/auth/backchannel", "/sign-in", "/", "/apis"].map((path) => refuses("POST", path, {})),
    ).toEqual([false, false, true, true, true]);
  });

  it("lets a provider that answers by a form post to its own callback, and nobody else anywhere", () => {
    const apple = { origin: "https://appleid.apple.com", "sec-fetch-site": "cross-site" };

    expect(refuses("POST", APPLE, apple)).toBe(false);
    expect(refuses("POST", "/api/auth/callback/google", apple)).toBe(true);
    expect(refuses("POST", "/api/auth/callback/credentials", apple)).toBe(true);
    expect(refuses("POST", "/sign-in", apple)).toBe(true);
    expect(refuses("POST", APPLE, { origin: "https://evil.test" })).toBe(true);
    expect(refuses("POST", APPLE, { "sec-fetch-site": "cross-site" })).toBe(true);
  });
});

describe("isCrossOrigin, of a method that only reads", () => {
  const asked = (site: string, mode: string, dest: string): Headers => {
    return { "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest, ...cookie };
  };

  it.each<[string, Headers]>([
    ["a link on another site", asked("cross-site", "navigate", "document")],
    ["a link on a sibling site", asked("same-site", "navigate", "document")],
    ["our own script", asked("same-origin", "cors", "empty")],
    ["our own frame", asked("same-origin", "navigate", "iframe")],
    ["the address bar", asked("none", "navigate", "document")],
    ["no browser", {}],
    ["no browser that says where it comes from", { origin: "https://evil.test" }],
  ])("lets through: %s", (_name, headers) => {
    for (const path of PATHS) expect(refuses("GET", path, headers)).toBe(false);
  });

  it.each([
    ["a script's address", asked("cross-site", "no-cors", "script")],
    ["a picture's", asked("cross-site", "no-cors", "image")],
    ["a frame's", asked("cross-site", "navigate", "iframe")],
    ["an object's", asked("cross-site", "navigate", "object")],
    ["a script that asks", asked("cross-site", "cors", "empty")],
    ["a sibling's script that asks", asked("same-site", "cors", "empty")],
  ])("refuses to be, on another site, %s (A80)", (_name, headers) => {
    for (const path of PATHS) expect(refuses("GET", path, headers)).toBe(true);
  });

  it("refuses a preflight from elsewhere (A78)", () => {
    expect(refuses("OPTIONS", "/api/things", asked("cross-site", "cors", "empty"))).toBe(true);
    expect(refuses("OPTIONS", "/api/things", {})).toBe(false);
  });
});
