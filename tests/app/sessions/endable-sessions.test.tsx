// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { AppRouterContext, type AppRouterInstance } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EndableRow, EndButton } from "@/app/(account)/settings/sessions/ending/endable-row";
import { EndableSessions } from "@/app/(account)/settings/sessions/ending/endable-sessions";
import { englishWords, renderInEnglish } from "../../support/words";

let ended: string[];
let status: number;
const refresh = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  refresh.mockClear();
  ended = [];
  status = 204;
  vi.stubGlobal("fetch", async (path: string) => {
    ended.push(path);
    return new Response(null, { status });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const DEVICES = ["Firefox", "Safari"];
const list = (asked = false) => (
  <AppRouterContext.Provider value={{ refresh } as unknown as AppRouterInstance}>
    <EndableSessions
      words={englishWords("account.sessions.ending")}
      endedWords={englishWords("account.sessions.ended")}
      notice={null}
    >
      <ul>
        {DEVICES.map((device) => (
          <EndableRow key={device} id={device} className="">
            <EndButton {...{ id: device, device, asked }} label="End" fullLabel={`End ${device}`}>
              <a href="/settings/sessions?confirm=x">asks first</a>
            </EndButton>
          </EndableRow>
        ))}
      </ul>
    </EndableSessions>
  </AppRouterContext.Provider>
);

const end = (device: string) => fireEvent.click(screen.getByRole("button", { name: `End ${device}` }));
const rows = () => screen.queryAllByRole("button", { name: /^End / }).map(({ ariaLabel }) => ariaLabel);
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

describe("EndableSessions", () => {
  it("takes the row away at once, and ends its session six seconds later", async () => {
    renderInEnglish(list());
    end("Firefox");
    expect(rows()).toEqual(["End Safari"]);
    const message = screen.getByRole("status");
    expect(message).toHaveTextContent("Firefox is about to be signed out.");
    expect(message).toHaveFocus();
    fireEvent.blur(message);
    await pass(5999);
    expect(ended).toEqual([]);
    await pass(1);

    expect(ended).toEqual(["/api/sessions/Firefox"]);
    expect(screen.getByRole("status")).toHaveTextContent("Ended: Firefox");
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("brings the row back when that is taken back, with the focus where it was", async () => {
    renderInEnglish(list());
    end("Firefox");
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(rows()).toEqual(["End Firefox", "End Safari"]);
    expect(screen.getByRole("button", { name: "End Firefox" })).toHaveFocus();
    await pass(100_000);

    expect(ended).toEqual([]);
    expect(screen.queryByRole("status")).toBeNull();
  });

  it("brings it back with the error when nothing came of it", async () => {
    status = 503;
    renderInEnglish(list());
    end("Safari");
    await pass(100_000);

    expect(rows()).toEqual(["End Firefox", "End Safari"]);
    expect(screen.getByRole("alert")).toHaveTextContent("Safari could not be signed out");
    expect(refresh).not.toHaveBeenCalled();
  });

  it("says so of one that had ended already", async () => {
    status = 404;
    renderInEnglish(list());
    end("Safari");
    await pass(100_000);

    expect(screen.getByRole("status")).toHaveTextContent("That session had ended already.");
  });

  it("stands still under the mouse, and goes on when it leaves", async () => {
    renderInEnglish(list());
    end("Firefox");
    const message = screen.getByRole("status");
    fireEvent.blur(message);
    fireEvent.pointerEnter(message, { pointerType: "mouse" });
    await pass(30_000);
    expect(ended).toEqual([]);
    fireEvent.pointerLeave(message);
    await pass(6000);
    expect(ended).toHaveLength(1);
  });

  it("ends each of several in its own time", async () => {
    renderInEnglish(list());
    end("Firefox");
    await pass(3000);
    end("Safari");
    for (const message of screen.getAllByRole("status")) fireEvent.blur(message);
    await pass(100_000);

    expect(ended).toEqual(["/api/sessions/Firefox", "/api/sessions/Safari"]);
  });

  it.each(["visibilitychange", "pagehide", "unmount"])(
    "waits no longer when nobody looks at the page: %s",
    async (way) => {
      vi.spyOn(document, "hidden", "get").mockReturnValue(true);
      const { unmount } = renderInEnglish(list());
      end("Firefox");
      if (way === "visibilitychange") fireEvent(document, new Event(way));
      else if (way === "pagehide") fireEvent(window, new Event(way));
      else unmount();
      await pass(0);

      expect(ended).toEqual(["/api/sessions/Firefox"]);
      // A page that is gone is not asked for anew.
      expect(refresh).toHaveBeenCalledTimes(way === "unmount" ? 0 : 1);
    },
  );

  it("asks first without scripts, and at the address that asks", () => {
    expect(renderToString(list())).toContain("asks first");
    renderInEnglish(list(true));
    expect(screen.getAllByText("asks first")).toHaveLength(2);
  });
});
