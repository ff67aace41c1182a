import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildIfStale } from "./build";
import { findBrowser } from "./development/find-browser";
import { withProgress } from "./progress.mjs";
import { runProgram } from "./run-program";

/** Debian has both, Ubuntu neither or the second. */
const BROWSER_PACKAGES = ["chromium-headless-shell", "chromium"];
const DOWNLOAD_TIMEOUT_MS = 5 * 60 * 1000;

/** What `npm test` runs when nothing is named: projects of vitest.config.ts. */
const USUAL = ["unit", "architecture", "http", "attack", "browser", "model"];

/** What takes as long again, and is run when it is named: `npm run test:long` names them, and CI runs the last three and the kit. */
const LONG = ["fault", "timing", "kit", "weaknesses", "mistakes", "patient", "settings"];

/** Projects whose tests ask the built app. */
const SERVED = ["http", "browser", "attack", "model", ...LONG];

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * `npm test`: runs all but the long ones, or what the arguments name (`npm test -- tests/lib`), and prints `N passed, M failed`
 * last.
 *
 * @param args - Passed on to vitest.
 */
export default async function test(args: string[]): Promise<number> {
  const root = process.cwd();
  if (["browser", "patient", "settings"].some((project) => needs(project, args))) await ensureBrowser(root);
  if (SERVED.some((folder) => needs(folder, args))) await buildIfStale(root);

  const { exitCode, counts } = await runVitest(root, args);
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
  return exitCode;
}

/** Whether the tests of this folder are among those that the arguments choose. */
function needs(folder: string, args: readonly string[]): boolean {
  const project = args.flatMap((arg, index) =>
    arg === "--project" ? [args[index + 1]] : (/^--project=(.+)$/.exec(arg)?.[1] ?? []),
  );
  if (project.length > 0) return project.includes(folder);
  const paths = args.filter((arg, index) => !arg.startsWith("-") && !args[index - 1]?.startsWith("-"));
  return paths.length === 0 || paths.some((path) => path.includes(folder) || /^(?:\.\/)?tests\/?$/.test(path));
}

/** Which projects to choose from, unless the arguments say. Of the long ones those that a path names; any for a file. */
function projectsFor(args: readonly string[]): readonly string[] {
  if (args.some((arg) => arg.startsWith("--project") || arg.endsWith(".test.ts"))) return [];
  return [...USUAL, ...LONG.filter((name) => args.some((arg) => arg.includes(name)))];
}

async function installPackage(name: string): Promise<void> {
  await runProgram("apt-get", ["update"]);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runProgram("apt-get", ["install", "-y", "--no-install-recommends", name], { env });
}

/** Without a browser its tests are skipped, and counted as such. */
async function ensureBrowser(root: string): Promise<void> {
  if (findBrowser(process.env)) return;
  const download = [join(root, "node_modules", "playwright-core", "cli.js"), "install", "chromium"];
  const attempts: [string, () => Promise<unknown>][] = [
    ["Downloading a browser", () => runProgram(process.execPath, download, { timeout: DOWNLOAD_TIMEOUT_MS })],
  ];
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    for (const name of BROWSER_PACKAGES) attempts.push(["Installing a browser", () => installPackage(name)]);
  }
  for (const [step, install] of attempts) {
    // One way or the other: only the outcome counts.
    await withProgress(step, install).catch(() => undefined);
    if (findBrowser(process.env)) return;
  }
  process.stderr.write("No browser could be had: the browser tests are skipped. Name one with CHROMIUM_PATH.\n");
}

async function runVitest(root: string, args: readonly string[]): Promise<{ exitCode: number; counts: Counts }> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-test-result-"));
  const report = join(folder, "result.json");
  try {
    const vitest = spawn(
      process.execPath,
      [
        join(root, "node_modules", "vitest", "vitest.mjs"),
        ...["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
        ...projectsFor(args).map((name) => `--project=${name}`),
        ...args,
      ],
      { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
    );
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => vitest.kill(signal));
    const [code] = (await once(vitest, "exit")) as [number | null];
    const counts = readCounts(report, code !== 0);
    return { exitCode: code ?? 1, counts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that could not even be loaded has no test to count, and must not pass for none failed. */
function readCounts(report: string, failed: boolean): Counts {
  if (!existsSync(report)) return { passed: 0, failed: failed ? 1 : 0, skipped: 0 };
  const result = JSON.parse(readFileSync(report, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: { status: string; assertionResults: { status: string }[] }[];
  };
  const unloaded = result.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: result.numPassedTests,
    failed: Math.max(result.numFailedTests + unloaded.length, failed ? 1 : 0),
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
