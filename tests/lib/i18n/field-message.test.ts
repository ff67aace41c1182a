import { describe, expect, it } from "vitest";

import { fieldMessage, sayFieldMessage } from "@/lib/i18n/field-message";
import { translatorFor } from "@/lib/i18n/translator";

const english = await translatorFor("en", "rules");

describe("sayFieldMessage", () => {
  it("says what a schema's rule left to be said, with its values", () => {
    expect(sayFieldMessage(english, fieldMessage("emailMissing"))).toBe("Enter your e-mail address.");
    expect(sayFieldMessage(english, fieldMessage("nameTooLong", { max: 100 }))).toBe(
      "A name has at most 100 characters.",
    );
  });

  it("says it in each reader's language", async () => {
    const german = await translatorFor("de", "rules");

    expect(sayFieldMessage(german, fieldMessage("nameTooLong", { max: 100 }))).toMatch(/100 Zeichen/);
  });

  it.each(["Invalid input: expected string", "", "fields.emailMissing", "Enter a name."])(
    "leaves a message of somebody else's as it is: %j",
    (message) => {
      expect(sayFieldMessage(english, message)).toBe(message);
    },
  );
});
