import { describe, expect, it } from "vitest";

import { passwordSentence } from "@/features/password/sentences";
import { translatorFor } from "@/lib/i18n/translator";

describe("passwordSentence", () => {
  it.each(["too_short", "too_long", "too_common", "too_guessable_from_context"] as const)(
    "says what happened and what to do: %s",
    async (refusal) => {
      const sentence = passwordSentence(await translatorFor("en", "rules"), refusal);
      expect(sentence).toMatch(/^This password is [^.]+: (?:use|choose|add) [^.]+\.$/);
    },
  );
});
