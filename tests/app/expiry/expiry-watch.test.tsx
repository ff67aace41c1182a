// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { SessionProvider } from "next-auth/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ExpiryWatch } from "@/app/(account)/_expiry/expiry-watch";
import type { Session } from "@/auth";
import type { TimeLeft } from "@/features/session/time-left";
import { englishWords, renderInEnglish } from "../../support/words";

// Auth.js's client complains of a failed request where it found the console when it was loaded.
const complain = vi.hoisted(() => {
  const { error } = console;
  console.error = () => {};
  return error;
});
console.error = complain;

const WARNING_SECONDS = 300;
const DAY_SECONDS = 24 * 60 * 60;
const USER_ID = "0199";
const TIME_LEFT = "GET /api/auth/session/time-left";

/** What the server knows: seconds that are left now; null once nobody is signed in. */
let left: TimeLeft | null;
let isAway: boolean;
let asked: string[];
const signOut = vi.fn(async () => {});

const sessionWith = (timeLeft: TimeLeft) =>
  ({ user: { id: USER_ID }, session: { timeLeft }, expires: "2099-01-01" }) as unknown as Session;

function answer(path: string): unknown {
  if (path === "/api/auth/csrf") return { csrfToken: "x" };
  return path === "/api/auth/session/time-left" ? left : left && sessionWith(left);
}

beforeEach(() => {
  vi.useFakeTimers();
  left = { idleSeconds: 7 * DAY_SECONDS, absoluteSeconds: 30 * DAY_SECONDS };
  isAway = false;
  asked = [];
  vi.stubGlobal("fetch", async (path: string, { method = "GET" }: RequestInit = {}) => {
    asked.push(`${method} ${path}`);
    if (isAway) throw new TypeError("Failed to fetch");
    // What any request that exchanges the cookie does.
    if (method === "POST" && left) left = { ...left, idleSeconds: 7 * DAY_SECONDS };
    return Response.json(answer(path));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function openPage(timeLeft: TimeLeft = left ?? { idleSeconds: 0, absoluteSeconds: 0 }) {
  return renderInEnglish(
    <SessionProvider session={sessionWith(timeLeft)}>
      <input aria-label="Typed" />
      <ExpiryWatch
        {...{ warningSeconds: WARNING_SECONDS, userId: USER_ID, signOut }}
        words={englishWords("account.expiry")}
      />
    </SessionProvider>,
  );
}

/** Time passes for the server and the browser alike. */
async function pass(seconds: number): Promise<void> {
  if (left) left = { idleSeconds: left.idleSeconds - seconds, absoluteSeconds: left.absoluteSeconds - seconds };
  if (left && left.idleSeconds <= 0) left = null;
  await act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
  // The dialog's module is loaded in its own time.
  await vi.dynamicImportSettled();
  await act(() => vi.advanceTimersByTimeAsync(100));
}

async function look(visibility: "hidden" | "visible"): Promise<void> {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(visibility);
  vi.spyOn(document, "hidden", "get").mockReturnValue(visibility === "hidden");
  await act(async () => void fireEvent(document, new Event("visibilitychange")));
  await act(() => vi.advanceTimersByTimeAsync(2000));
}

const dialog = () => screen.queryByRole("alertdialog");
const untilWarning = 7 * DAY_SECONDS - WARNING_SECONDS;

describe("ExpiryWatch", () => {
  it("asks nothing and shows nothing until five minutes before the end, then says so and asks once", async () => {
    openPage();
    await pass(untilWarning - 1);
    expect(asked).toEqual([]);
    await pass(1);

    expect(asked).toEqual([TIME_LEFT]);
    expect(dialog()).toHaveAccessibleName("Are you still there?");
    expect(dialog()).toHaveAccessibleDescription(/^You will be signed out in 5 minutes, because/);
    await pass(200);
    expect(dialog()).toHaveAccessibleDescription(/signed out in (?:9\d|100) seconds/);
    expect(asked).toEqual([TIME_LEFT]);
  });

  it("goes when the person stays, which asks for a new cookie, and comes again a week later", async () => {
    openPage();
    await pass(untilWarning);
    fireEvent.click(screen.getByRole("button", { name: "Stay signed in" }));
    await pass(1);

    expect(asked).toContain("POST /api/auth/session");
    expect(dialog()).toBeNull();
    await pass(untilWarning - 10);
    expect(dialog()).toBeNull();
    await pass(10);
    expect(dialog()).toHaveAccessibleName("Are you still there?");
  });

  it("says that staying didn't get through, and goes on saying when it ends", async () => {
    openPage();
    await pass(untilWarning);
    isAway = true;
    fireEvent.click(screen.getByRole("button", { name: "Stay signed in" }));
    await pass(1);

    expect(screen.getByRole("alert")).toHaveTextContent("didn't get through");
    expect(dialog()).toHaveAccessibleDescription(/in 4 minutes/);
  });

  it("signs out when that is chosen", async () => {
    openPage();
    await pass(untilWarning);
    fireEvent.click(screen.getByRole("button", { name: "Sign out" }));
    await pass(1);

    expect(signOut).toHaveBeenCalledTimes(1);
  });

  it("says that it is too late to stay when it is", async () => {
    openPage();
    await pass(untilWarning);
    left = null;
    fireEvent.click(screen.getByRole("button", { name: "Stay signed in" }));
    await pass(1);

    expect(dialog()).toHaveAccessibleName("Your session has ended");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("bothers nobody whose other tab moved the end on", async () => {
    openPage();
    await pass(untilWarning - 1);
    left = { idleSeconds: 7 * DAY_SECONDS, absoluteSeconds: 23 * DAY_SECONDS };
    await pass(1);
    expect(asked).toEqual([TIME_LEFT]);
    expect(dialog()).toBeNull();

    await pass(untilWarning);
    expect(asked).toEqual([TIME_LEFT, TIME_LEFT]);
    expect(dialog()).not.toBeNull();
  });

  it("offers to sign in again where nothing moves the end on, and leads back to this page", async () => {
    window.history.replaceState(null, "", "/profile?x=1");
    left = { idleSeconds: 600, absoluteSeconds: 600 };
    openPage();
    await pass(300);

    expect(dialog()).toHaveAccessibleName("Your session is about to end");
    expect(screen.queryByRole("button", { name: "Stay signed in" })).toBeNull();
    const link = screen.getByRole("link", { name: "Sign in again" });
    expect(link).toHaveAttribute("href", "/sign-in?again=1&callbackUrl=%2Fprofile%3Fx%3D1");
    expect(link).toHaveAttribute("target", "_blank");
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    await pass(100);
    expect(dialog()).toBeNull();
    await pass(300);
    expect(dialog()).toHaveAccessibleName("Your session has ended");
  });

  it("says that the session has ended, keeps what was typed, and goes when somebody signed in again", async () => {
    openPage();
    fireEvent.change(screen.getByLabelText("Typed"), { target: { value: "half a letter" } });
    await pass(7 * DAY_SECONDS);
    await pass(1);
    expect(dialog()).toHaveAccessibleName("Your session has ended");

    await look("hidden");
    left = { idleSeconds: 7 * DAY_SECONDS, absoluteSeconds: 30 * DAY_SECONDS };
    await look("visible");
    expect(dialog()).toBeNull();
    expect(screen.getByLabelText("Typed")).toHaveValue("half a letter");
  });

  it("takes no failure for an end (S10), and asks again a little later", async () => {
    openPage();
    isAway = true;
    await pass(untilWarning);
    expect(dialog()).toBeNull();
    isAway = false;
    await pass(20);

    expect(asked).toEqual([TIME_LEFT, TIME_LEFT]);
    expect(dialog()).toHaveAccessibleName("Are you still there?");
  });

  it("waits in a hidden tab: coming back is a visit, which moves the end on before anything is said", async () => {
    openPage();
    await look("hidden");
    await pass(untilWarning + 100);
    expect(asked).toEqual([]);
    left = { idleSeconds: 7 * DAY_SECONDS, absoluteSeconds: 23 * DAY_SECONDS };
    await look("visible");

    expect(asked[0]).toBe("GET /api/auth/session");
    expect(dialog()).toBeNull();
  });

  it("doesn't go by the browser's clock, only by how much of its time passes", async () => {
    vi.setSystemTime(new Date("1999-01-01"));
    openPage();
    await pass(untilWarning - 1);
    expect(dialog()).toBeNull();
    await pass(1);
    expect(dialog()).not.toBeNull();
  });
});
