import { describe, expect, it } from "vitest";

import { safeCallbackPath, safeSitePath } from "@/features/sign-in/safe-callback-path";

const ORIGIN = "http://localhost:3000";

const LEADING_AWAY = [
  "https://evil.test",
  "//evil.test",
  "/\\evil.test",
  "\\\\evil.test",
  "/\t/evil.test",
  "/\n/evil.test",
  "\u0000/evil",
  " /evil",
  "javascript:alert(1)",
  "data:text/html,x",
  "https:evil.test",
  "http://localhost:3000@evil.test/",
  "http://localhost:3000.evil.test/",
  "http://localhost:30001/",
  "/..//evil.test",
  "/.//evil.test",
  "",
  "dashboard",
  `/${"a".repeat(2048)}`,
];

describe("safeSitePath", () => {
  it.each(LEADING_AWAY)("takes %j home", (value) => {
    expect(safeSitePath(value, ORIGIN)).toBe("/dashboard");
  });

  it.each([undefined, null, 7, ["/profile"], { toString: () => "/profile" }])(
    "takes what is no text home: %j",
    (value) => {
      expect(safeSitePath(value, ORIGIN)).toBe("/dashboard");
    },
  );

  it.each([
    ["/profile", "/profile"],
    ["/profile?tab=1#x", "/profile?tab=1#x"],
    ["/a/../b", "/b"],
    ["/%2f%2fevil.test", "/%2f%2fevil.test"],
    ["/search?next=https://evil.test", "/search?next=https://evil.test"],
    [`${ORIGIN}/profile`, "/profile"],
    ["/sign-in?signed-out=1", "/sign-in?signed-out=1"],
  ])("keeps %j on this site as %j", (value, path) => {
    expect(safeSitePath(value, ORIGIN)).toBe(path);
  });
});

describe("safeCallbackPath", () => {
  it.each(["/sign-in", "/sign-in?callbackUrl=/x", "/sign-up", "/auth-error?error=x", "/api/me", "/api"])(
    "never leads back to signing in or to an API: %s",
    (value) => {
      expect(safeCallbackPath(value)).toBe("/dashboard");
    },
  );

  it("keeps pages whose name only begins alike", () => {
    expect(safeCallbackPath("/sign-in-history")).toBe("/sign-in-history");
  });

  it("takes no absolute address, not even of this site", () => {
    expect(safeCallbackPath(`${ORIGIN}/profile`)).toBe("/dashboard");
  });
});
