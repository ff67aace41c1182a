import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { bundleServer } from "./bundle-server";
import { withProgress } from "./progress.mjs";
import { runProgram } from "./run-program";
import { writeSbom } from "./write-sbom";
import { writeTheme } from "./write-theme";

/** Everything that a build reads. */
const SOURCES = [
  "app",
  "components",
  "features",
  "lib",
  "providers",
  "public",
  "prisma/schema.prisma",
  "package-lock.json",
  "scripts/app-server.ts",
  "scripts/build.ts",
  "scripts/bundle-server.ts",
  "scripts/migrations",
  "scripts/server",
  "scripts/write-sbom.ts",
];
const TOP_LEVEL = /\.(?:ts|mjs|json)$/;

/**
 * Stands in the build's environment in place of every secret. A build reads none, so that it appears nowhere in what is built:
 * a test looks for it, and what would have leaked is no secret.
 */
const MARKER = "latchkey-build-environment-marker";
const SECRETS = /^(?:AUTH_.*|DATABASE_URL|EMAIL_SERVER|EMAIL_FROM|REDIS_URL)$/;
const ALWAYS_MARKED = ["AUTH_SECRET", "AUTH_GOOGLE_SECRET", "DATABASE_URL", "EMAIL_SERVER", "REDIS_URL"];

/** `npm run build`: makes the production build, unless the one that is there was made from these very sources. */
export default async function build(): Promise<number> {
  await buildIfStale(process.cwd());
  return 0;
}

/** @throws Failure `program_failed` with what the compiler said, or `accent_unreadable`. */
export async function buildIfStale(root: string): Promise<void> {
  writeTheme(root);
  const stamp = join(root, ".next", "latchkey-sources.sha256");
  const wanted = hashSources(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;

  rmSync(stamp, { force: true });
  await withProgress("Building the app", () =>
    runProgram(process.execPath, [join(root, "node_modules", "next", "dist", "bin", "next"), "build"], {
      cwd: root,
      env: buildEnvironment(),
    }),
  );
  forgetDevelopmentRoutes(root);
  await bundleServer(root);
  await writeSbom(root, join(root, ".next", "sbom.cdx.json"));
  writeFileSync(stamp, wanted);
}

/**
 * Throws away what a development server wrote down about the routes. Where it is, editors and the type check prefer it to what a
 * build or `next typegen` writes, and by now it may be old.
 */
export function forgetDevelopmentRoutes(root: string): void {
  rmSync(join(root, ".next", "dev", "types"), { recursive: true, force: true });
}

/** A build reads no configuration: what it makes runs anywhere. */
function buildEnvironment(): NodeJS.ProcessEnv {
  const marked = [...Object.keys(process.env).filter((name) => SECRETS.test(name)), ...ALWAYS_MARKED];
  return {
    ...process.env,
    ...Object.fromEntries(marked.map((name) => [name, MARKER])),
    ...{ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", __NEXT_PROCESSED_ENV: "true" },
  };
}

function hashSources(root: string): string {
  const hash = createHash("sha256");
  const add = (path: string) => {
    if (!existsSync(join(root, path))) return;
    if (statSync(join(root, path)).isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) add(join(path, name));
    } else {
      hash.update(`${path}\0`).update(readFileSync(join(root, path)));
    }
  };
  for (const path of SOURCES) add(path);
  for (const name of readdirSync(root).sort()) if (TOP_LEVEL.test(name) && name !== "next-env.d.ts") add(name);
  return hash.digest("hex");
}
