import { describe, expect, it } from "vitest";

import { PASSWORD_REFUSAL_SENTENCES } from "@/features/password/sentences";

describe("PASSWORD_REFUSAL_SENTENCES", () => {
  it.each(Object.entries(PASSWORD_REFUSAL_SENTENCES))("says what happened and what to do: %s", (_, sentence) => {
    expect(sentence).toMatch(/^This password is [^.]+: (?:use|choose|add) [^.]+\.$/);
  });
});
