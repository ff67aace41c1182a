import { describe, expect, it } from "vitest";

import { translatorFor } from "@/lib/i18n/translator";

describe("translatorFor", () => {
  it("says a sentence of its area with the plurals of its language", async () => {
    const english = await translatorFor("en", "rules");

    expect(english("limit.minutes", { count: 1 })).toContain("1 minute,");
    expect(english("limit.minutes", { count: 2 })).toContain("2 minutes,");
  });

  it("speaks the language that it was made for", async () => {
    const [english, arabic] = await Promise.all([translatorFor("en", "auth"), translatorFor("ar", "auth")]);

    expect(english("signIn.title")).toBe("Sign in");
    expect(arabic("signIn.title")).toMatch(/\p{Script=Arabic}/u);
  });

  it("throws where a sentence wasn't given what it needs, rather than show a key", async () => {
    const english = await translatorFor("en", "rules");

    expect(() => english("limit.minutes")).toThrow(/count/);
    expect(() => english("nowhere" as never)).toThrow(/nowhere/);
  });
});
