import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { withProgress } from "./progress.mjs";
import { runProgram } from "./run-program";

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
];
const TOP_LEVEL = /\.(?:ts|mjs|json)$/;

/** `npm run build`: makes the production build, unless the one that is there was made from these very sources. */
export default async function build(): Promise<number> {
  await buildIfStale(process.cwd());
  return 0;
}

/** @throws Failure `program_failed` with what the compiler said. */
export async function buildIfStale(root: string): Promise<void> {
  const stamp = join(root, ".next", "latchkey-sources.sha256");
  const wanted = hashSources(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;

  rmSync(stamp, { force: true });
  await withProgress("Building the app", () =>
    runProgram(process.execPath, [join(root, "node_modules", "next", "dist", "bin", "next"), "build"], {
      cwd: root,
      // A build reads no configuration: what it makes runs anywhere.
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", __NEXT_PROCESSED_ENV: "true" },
    }),
  );
  writeFileSync(stamp, wanted);
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
