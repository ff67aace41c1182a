import { join } from "node:path";

import { forgetDevelopmentRoutes } from "./build";
import { withProgress } from "./progress.mjs";
import { runProgram } from "./run-program";
import test from "./test";

/** Cheapest first: what fails most often is told soonest. */
const STEPS: readonly { name: string; program: string; args: readonly string[] }[] = [
  { name: "Format and lint", program: "@biomejs/biome/bin/biome", args: ["check", "--error-on-warnings", "."] },
  {
    name: "Layers",
    program: "dependency-cruiser/bin/dependency-cruise.mjs",
    args: ["--config", ".dependency-cruiser.cjs", "."],
  },
  { name: "Dead code", program: "knip/bin/knip.js", args: ["--no-config-hints"] },
  { name: "Types", program: "typescript/bin/tsc", args: ["--noEmit", "--project", "."] },
];

/**
 * `npm run check`: all that must hold, cheapest first, up to the first that doesn't.
 *
 * @param args - `--static` leaves out the tests; everything else is passed on to them.
 */
export default async function check(args: string[]): Promise<number> {
  const root = process.cwd();
  await writeRouteTypes(root);
  for (const { name, program, args: programArgs } of STEPS) {
    await withProgress(name, () => runProgram(process.execPath, [join(root, "node_modules", program), ...programArgs]));
  }
  return args.includes("--static") ? 0 : test(args);
}

/** Next writes the types of routes and of imported style sheets: on a fresh checkout nothing has done so yet, and later they age. */
async function writeRouteTypes(root: string): Promise<void> {
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  forgetDevelopmentRoutes(root);
  await withProgress("Route types", () => runProgram(process.execPath, [next, "typegen"]));
}
