import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { runProgram } from "./run-program";

/** Prisma's CLI downloads an engine that generating never runs, unless it is told of a file that might be one. */
const NO_ENGINE = process.execPath;

/** Generates the database client when the schema or Prisma's version changed since the last time. */
export async function generateClientIfStale(root: string): Promise<void> {
  const stamp = join(root, "lib", "generated", "schema.sha256");
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "prisma", "schema.prisma")))
    .update(readFileSync(join(root, "node_modules", "prisma", "package.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;

  await runProgram(process.execPath, [join(root, "node_modules", "prisma", "build", "index.js"), "generate"], {
    cwd: root,
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: NO_ENGINE, CHECKPOINT_DISABLE: "1" },
  });
  writeFileSync(stamp, wanted);
}
