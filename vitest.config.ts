import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

// An odd zone (+05:45) shows at once where a local time was taken for UTC. The workers inherit it.
process.env["TZ"] = "Asia/Kathmandu";

const inRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const SECONDS = 1000;

/** Of two cores, so that a server and its database have something left. */
const WORKERS = 2;

const resolve = {
  alias: [
    { find: /^@\//, replacement: inRoot("./") },
    // Outside of Next's bundler this package throws on import, which is its whole content.
    { find: /^server-only$/, replacement: inRoot("./tests/support/empty-module.ts") },
  ],
};

/** The attack kit against one and against two instances, and whether it finds what it looks for. They want the machine alone. */
const KIT = "tests/attack/kit.test.ts";
const WEAKNESSES = "tests/attack/planted-weaknesses.test.ts";
/** What waits for real time to pass, in several tabs or past a limit, or computes for long: each takes as long as a dozen others. */
const PATIENT = [
  "tests/architecture/regular-expressions.test.ts",
  "tests/features/instance/announce-instance.test.ts",
  "tests/features/mail/mail-worker.test.ts",
  "tests/features/provider-token/get-access-token.test.ts",
  "tests/features/provider-token/instances.test.ts",
  "tests/features/provider-token/provider-away.test.ts",
  "tests/browser/api-client.test.ts",
  "tests/browser/rate-limits.test.ts",
  "tests/browser/recent-authentication.test.ts",
  "tests/browser/session-expiry.test.ts",
  "tests/browser/sessions.test.ts",
  "tests/browser/waking-tabs.test.ts",
  "tests/attack/refresh-reuse.test.ts",
];
/** Journeys through the settings, by hand. `npm test` asks the same over HTTP. */
const SETTINGS = [
  "tests/browser/activity.test.ts",
  "tests/browser/connections.test.ts",
  "tests/browser/email-change.test.ts",
  "tests/browser/password-settings.test.ts",
  "tests/browser/privacy.test.ts",
  "tests/browser/profile.test.ts",
];
/** Whether the model finds the mistakes that are planted in the engine. */
const MISTAKES = "tests/model/planted-faults.test.ts";

interface ProjectOptions {
  include: string[];
  exclude?: string[];
  timeoutSeconds: number;
  /** The groups run one after the other: what computes, what asks a server, what breaks one. */
  group: number;
  workers?: number;
  /** Each file in a process of its own, for what a file may leave broken. */
  isolate?: boolean;
  /** Tests of real processes and databases share two cores with them: one that was late gets another try. One that is wrong fails both. */
  retry?: number;
}

function project(name: string, options: ProjectOptions): TestProjectInlineConfiguration {
  return {
    resolve,
    test: {
      name,
      include: options.include,
      exclude: options.exclude ?? [],
      setupFiles: [inRoot("./tests/support/setup-file.ts")],
      testTimeout: options.timeoutSeconds * SECONDS,
      hookTimeout: 120 * SECONDS,
      maxWorkers: options.workers ?? WORKERS,
      retry: options.retry ?? 0,
      sequence: { groupOrder: options.group },
      // Files share their worker's process; tests/support/setup-file.ts gives each its own state.
      isolate: options.isolate ?? false,
      restoreMocks: true,
      // next-auth imports `next/server` without an extension, which plain Node does not find.
      server: { deps: { inline: ["next-auth"] } },
    },
  };
}

export default defineConfig({
  resolve,
  test: {
    globalSetup: [inRoot("./tests/support/global-setup.ts")],
    projects: [
      project("unit", {
        include: [
          "tests/{app,components,features,lib,providers,scripts,support}/**/*.test.{ts,tsx}",
          "tests/*.test.ts",
        ],
        exclude: PATIENT,
        timeoutSeconds: 20,
        group: 1,
        retry: 1,
      }),
      project("architecture", {
        include: ["tests/architecture/**/*.test.ts"],
        exclude: PATIENT,
        timeoutSeconds: 60,
        group: 1,
      }),
      project("http", { include: ["tests/http/**/*.test.ts"], timeoutSeconds: 60, group: 2, retry: 1 }),
      project("attack", {
        include: ["tests/attack/**/*.test.ts"],
        exclude: [KIT, WEAKNESSES, ...PATIENT],
        timeoutSeconds: 60,
        group: 2,
        retry: 1,
      }),
      project("browser", {
        include: ["tests/browser/**/*.test.ts"],
        exclude: [...PATIENT, ...SETTINGS],
        timeoutSeconds: 120,
        group: 2,
        retry: 1,
      }),
      project("patient", { include: PATIENT, timeoutSeconds: 120, group: 8, retry: 1 }),
      project("settings", { include: SETTINGS, timeoutSeconds: 120, group: 8, retry: 1 }),
      project("kit", { include: [KIT], timeoutSeconds: 300, group: 6, workers: 1 }),
      // Times: nothing else may run.
      project("timing", {
        include: ["tests/timing/**/*.test.ts"],
        timeoutSeconds: 300,
        group: 5,
        workers: 1,
        retry: 1,
      }),
      project("weaknesses", { include: [WEAKNESSES], timeoutSeconds: 400, group: 7, workers: 1 }),
      project("model", { include: ["tests/model/**/*.test.ts"], exclude: [MISTAKES], timeoutSeconds: 300, group: 2 }),
      project("mistakes", { include: [MISTAKES], timeoutSeconds: 300, group: 3 }),
      // Several servers at once, killed, frozen and cut off: one file after the other, or they measure each other.
      project("fault", {
        include: ["tests/fault/**/*.test.ts"],
        timeoutSeconds: 240,
        group: 4,
        workers: 1,
        isolate: true,
        retry: 1,
      }),
    ],
  },
});
