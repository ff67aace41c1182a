// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CooldownButton } from "@/components/cooldown-button";
import { renderInEnglish } from "../support/words";

const sent = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  sent.mockClear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const form = (done: object | null) => (
  <form
    onSubmit={(event) => {
      event.preventDefault();
      sent();
    }}
  >
    <CooldownButton done={done} seconds={60}>
      Send again
    </CooldownButton>
  </form>
);
const button = () => screen.getByRole("button", { name: "Send again" });
const pass = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000));

describe("CooldownButton", () => {
  it("is a button like any other until something was done", () => {
    renderInEnglish(form(null));
    fireEvent.click(button());

    expect(sent).toHaveBeenCalledTimes(1);
    expect(button()).toHaveAttribute("aria-disabled", "false");
    expect(screen.queryByText(/You can ask again/)).toBeNull();
  });

  it("rests for its time, counts it down for the eye, and keeps the focus", () => {
    const { rerender } = renderInEnglish(form(null));
    button().focus();
    rerender(form({}));
    expect(screen.getByText("You can ask again in 60 s.")).toHaveAttribute("aria-hidden", "true");
    expect(button()).toHaveAttribute("aria-disabled", "true");
    expect(button()).toHaveFocus();
    pass(59);
    expect(screen.getByText("You can ask again in 1 s.")).toBeInTheDocument();
    fireEvent.click(button());
    expect(sent).not.toHaveBeenCalled();
    pass(1);

    expect(screen.queryByText(/You can ask again/)).toBeNull();
    fireEvent.click(button());
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it("rests anew for the next thing done, and not for the same one", () => {
    const done = {};
    const { rerender } = renderInEnglish(form(done));
    pass(30);
    rerender(form(done));
    expect(screen.getByText("You can ask again in 30 s.")).toBeInTheDocument();
    rerender(form({}));
    expect(screen.getByText("You can ask again in 60 s.")).toBeInTheDocument();
  });

  it("goes by the clock where the page's timers stood still", () => {
    renderInEnglish(form({}));
    vi.setSystemTime(Date.now() + 58_000);
    pass(1);

    expect(screen.getByText("You can ask again in 1 s.")).toBeInTheDocument();
  });

  it("leaves no timer behind", () => {
    const { unmount } = renderInEnglish(form({}));
    unmount();

    expect(vi.getTimerCount()).toBe(0);
  });
});
