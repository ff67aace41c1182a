import { readFileSync } from "node:fs";
import { join } from "node:path";
import type axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect } from "vitest";

import { findBrowser } from "@/scripts/development/find-browser";
import { ROOT } from "./source-files";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];
const ACTION_TIMEOUT_MS = 15_000;

/** How a visitor's browser is set. */
export interface Visitor {
  colorScheme?: "light" | "dark";
  /** CSS pixels. */
  width?: number;
  javaScriptEnabled?: boolean;
  /** BCP 47. The browser asks for pages in it. */
  locale?: string;
}

/** Colours don't depend on the width, nor the layout on the colours: two looks show what four would. */
const LOOKS = [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 390 },
] as const satisfies readonly Visitor[];

const HEIGHT = 900;

const executablePath = findBrowser(process.env);

/** `describe`, skipped where no browser could be had. */
export const describeInBrowser = describe.skipIf(executablePath === null);

/** The Chromium that the files of this worker share: it goes with the worker. */
const shared = globalThis as { sharedBrowser?: Promise<Browser> };

/**
 * The worker's Chromium. Each `visit` is a person of its own: an empty jar, and a complaint of the page (an error,
 * a refused script, a failed request) fails the test.
 */
export function useBrowser(): { visit(origin: string, visitor?: Visitor): Promise<Page> } {
  let browser: Browser | null = null;
  let contexts: BrowserContext[] = [];
  let complaints: string[] = [];

  beforeAll(async () => {
    if (executablePath === null) return;
    shared.sharedBrowser ??= chromium.launch({ executablePath, args: ARGUMENTS });
    browser = await shared.sharedBrowser;
  });
  afterEach(async () => {
    for (const context of contexts) await context.close();
    const heard = complaints;
    contexts = [];
    complaints = [];
    expect(heard, "The pages must not complain").toEqual([]);
  });

  return {
    visit: async (origin, visitor = {}) => {
      if (!browser) throw new Error("The browser is there only while tests run.");
      const context = await browser.newContext({
        baseURL: origin,
        colorScheme: visitor.colorScheme ?? "light",
        // Nothing that is looked at is on its way from one state to another.
        reducedMotion: "reduce",
        javaScriptEnabled: visitor.javaScriptEnabled ?? true,
        locale: visitor.locale ?? "en-GB",
        viewport: { width: visitor.width ?? 1280, height: HEIGHT },
      });
      context.setDefaultTimeout(ACTION_TIMEOUT_MS);
      contexts.push(context);
      const page = await context.newPage();
      listenForComplaints(page, origin, complaints);
      return page;
    },
  };
}

/** A violated Content-Security-Policy is told on the console, as are script errors and failed requests. */
function listenForComplaints(page: Page, origin: string, complaints: string[]): void {
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // An answer such as 404 or 422 that the page asked for on purpose.
    if (message.text().startsWith("Failed to load resource: the server responded with a status of 4")) return;
    complaints.push(`${message.type()} at ${new URL(page.url()).pathname}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  page.on("response", (response) => {
    if (response.url().startsWith(origin) && response.status() >= 500) {
      complaints.push(`${response.status()} for ${response.request().method()} ${new URL(response.url()).pathname}`);
    }
  });
}

/** The small file: of the package's own `source`, three times as long, each page would take a second to read. */
const AXE = readFileSync(join(ROOT, "node_modules", "axe-core", "axe.min.js"), "utf8");

/** Base UI's focus guards: they hand the focus on as soon as they get it, so nobody ever stands on one. */
const FOCUS_GUARDS = "[data-base-ui-focus-guard]";

/**
 * Runs axe-core's rules on the page as it is now: no violation may be left.
 *
 * @param part - A selector of the part that is meant, when it is not the whole page.
 */
export async function expectAccessible(page: Page, part = "html"): Promise<void> {
  // A page that asks for something before it shows itself gets its title with that.
  await expect.poll(() => page.title()).toMatch(/\S/);
  // A transition that is under way has colours of neither state. What turns without end changes none.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished.catch(() => null)),
    ),
  );
  // Over the developer tools' protocol, which no Content-Security-Policy concerns.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    // The one frame there is, around a mail, runs no script: axe can't ask into it, and its asking is a warning. What passed is
    // not told in detail, and no style sheet is fetched again for rules that are not among them.
    (context) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(context, {
        ...{ iframes: false, preload: false },
        resultTypes: ["violations"],
      }),
    { include: [part], exclude: [FOCUS_GUARDS] },
  );
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
  expect(told, `Accessibility of ${page.url()}`).toEqual([]);
}

/**
 * The page as it stands, light and wide, then dark and narrow: no violation, and nobody scrolls sideways. It stays the way it
 * was looked at last.
 *
 * @param part - As for `expectAccessible`.
 */
export async function expectGoodInEachLook(page: Page, part?: string): Promise<void> {
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: HEIGHT });
    await expectAccessible(page, part);
    await expectNoSidewaysScroll(page);
  }
}

/** Nothing may stick out to the right, so that nobody scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `Sideways scroll of ${page.url()}`).toBeLessThanOrEqual(0);
}
