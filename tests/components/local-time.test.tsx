// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, it } from "vitest";

import { ComponentWords } from "@/components/component-words";
import { LocalTime, TimePreferencesProvider } from "@/components/local-time";
import type { TimePreferences } from "@/lib/format-moment";
import { englishWords } from "../support/words";

afterEach(cleanup);

const AT = "2026-01-01T12:00:00.000Z";
const BERLIN = { locale: "de-DE", timeZone: "Europe/Berlin" };

const time = (preferences: TimePreferences, words?: string) => (
  <TimePreferencesProvider value={preferences}>
    <LocalTime at={AT}>{words as string}</LocalTime>
  </TimePreferencesProvider>
);
const inServerHtml = (preferences: TimePreferences) => renderToString(time(preferences)).replace(/<[^>]*>/g, "");
const inBrowser = (preferences: TimePreferences) => render(time(preferences)).container.textContent;

describe("LocalTime", () => {
  it("says UTC in the server's HTML, and the browser's own time in the browser, when nothing was chosen", () => {
    const none = { locale: null, timeZone: null };

    expect(inServerHtml(none)).toBe("1 January 2026 at 12:00 UTC");
    // The tests run in Kathmandu.
    expect(inBrowser(none)).toMatch(/5:45/);
  });

  it("says the same in both once a language and a zone were chosen", () => {
    expect([inServerHtml(BERLIN), inBrowser(BERLIN)]).toEqual([
      "1. Januar 2026 um 13:00 MEZ",
      "1. Januar 2026 um 13:00 MEZ",
    ]);
    expect(screen.getByRole("time").lang).toBe("de-DE");
  });

  it("takes what was left open from the browser", () => {
    expect(inBrowser({ locale: "de-DE", timeZone: null })).toBe("1. Januar 2026 um 17:45");
    expect(inBrowser({ locale: null, timeZone: "Europe/Berlin" })).toMatch(/1(?:3:00|:00 PM)/);
  });

  it("speaks the language of its page where none was chosen, though the browser speaks another", () => {
    const page = (
      <ComponentWords language="de" words={englishWords("components")}>
        {time({ locale: null, timeZone: null })}
      </ComponentWords>
    );

    expect(renderToString(page)).toContain("1. Januar 2026 um 12:00 UTC");
    expect(render(page).container.textContent).toBe("1. Januar 2026 um 17:45");
  });

  it("tells the time to whoever points at words for it", () => {
    render(time(BERLIN, "3 hours ago"));

    expect(screen.getByText("3 hours ago").title).toBe("1. Januar 2026 um 13:00 MEZ");
  });
});
