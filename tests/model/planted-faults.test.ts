import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { ENGINE_FOLDER, loadEngine } from "./engine";
import { type Fault, PLANTED_FAULTS } from "./planted-faults";
import { useStage } from "./stage";
import { stories } from "./steps";

/** No fault below has needed a tenth of them. */
const MAX_RUNS = 1_000;
const SEED = 1;

const stage = useStage();
/** Below the root, where packages are found, and in the folder that no tool looks into. */
const data = join(import.meta.dirname, "../../.data");
mkdirSync(data, { recursive: true });
const copies = mkdtempSync(join(data, "planted-"));
const caught: string[] = [];
afterAll(() => {
  rmSync(copies, { recursive: true });
  process.stdout.write(`\nPlanted fault → the story that showed it\n${caught.join("\n")}\n\n`);
});

/** A copy of the engine with one mistake in it. */
function plant({ file, from, to }: Fault): string {
  const folder = mkdtempSync(join(copies, "engine-"));
  cpSync(ENGINE_FOLDER, folder, { recursive: true });
  const path = join(folder, file);
  const source = readFileSync(path, "utf8");
  expect(source.split(from), `${file} no longer says exactly once: ${from}`).toHaveLength(2);
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  return folder;
}

describe("the model", () => {
  it.each(PLANTED_FAULTS)("notices when $name", async (fault) => {
    const engine = await loadEngine(plant(fault));
    const result = await fc.check(
      fc.asyncProperty(stories, (story) => stage.perform(engine, story)),
      { numRuns: MAX_RUNS, seed: SEED, endOnFailure: true },
    );

    expect(result.failed, `${MAX_RUNS} stories passed with this fault`).toBe(true);
    const why = result.errorInstance instanceof Error ? result.errorInstance.message.split("\n")[0] : "";
    caught.push(`  ${fault.name} → ${why} (run ${result.numRuns})`);
  });
});
