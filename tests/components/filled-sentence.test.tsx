// @vitest-environment jsdom
import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";

import { FilledSentence } from "@/components/filled-sentence";
import { LANGUAGES } from "@/lib/i18n/languages";
import { messagesIn } from "@/lib/i18n/messages";

afterEach(cleanup);

describe("FilledSentence", () => {
  it("puts the element where the sentence wants it", () => {
    const { container } = render(
      <FilledSentence sentence="Codes are taken after {time}. Wait." placeholder="time">
        <time>noon</time>
      </FilledSentence>,
    );

    expect(container.innerHTML).toBe("Codes are taken after <time>noon</time>. Wait.");
  });

  it.each(LANGUAGES)("finds the place of the time when codes are locked: %s", async (language) => {
    const { rules } = await messagesIn(language);
    const { container } = render(
      <FilledSentence sentence={rules.codeRefusals.locked} placeholder="time">
        <time>noon</time>
      </FilledSentence>,
    );

    expect(container.textContent).toBe(rules.codeRefusals.locked.replace("{time}", "noon"));
  });
});
