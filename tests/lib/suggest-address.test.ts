import { describe, expect, it } from "vitest";

import { suggestAddress } from "@/lib/suggest-address";

describe("suggestAddress", () => {
  it.each([
    ["ada@gmial.com", "ada@gmail.com"],
    ["ada.lovelace@gmail.con", "ada.lovelace@gmail.com"],
    ["ada@hotmial.com", "ada@hotmail.com"],
    ["ada@yaho.co.jp", "ada@yahoo.co.jp"],
    ["ada@t-onlin.de", "ada@t-online.de"],
  ])("takes %s for %s", (typed, meant) => {
    expect(suggestAddress(typed)).toBe(meant);
  });

  it.each([
    "ada@gmail.com",
    "ada@gmx.de",
    "ada@web.de",
    "ada@free.fr",
    "ada@example.com",
    "ada@latchkey.test",
    "ada@analytical.engine",
    "ada",
    "@",
    "",
  ])("has nothing to say about %j", (typed) => {
    expect(suggestAddress(typed)).toBeNull();
  });
});
