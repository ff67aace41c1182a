import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

/** The first has no window, tabs and menus to draw for nobody, which takes a third of the time off the browser tests. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];
const OUTSIDE_OF_PATH = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * A Chromium or Chrome on this machine: what CHROMIUM_PATH names, else one on PATH, else one that Playwright installed.
 *
 * @returns The program's path, or null.
 */
export function findBrowser(environment: Readonly<Record<string, string | undefined>>): string | null {
  const chosen = environment["CHROMIUM_PATH"];
  if (chosen) return isExecutable(chosen) ? chosen : null;
  const folders = (environment["PATH"] ?? "").split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...OUTSIDE_OF_PATH, chromium.executablePath()].find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
