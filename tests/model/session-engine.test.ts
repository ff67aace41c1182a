import fc from "fast-check";
import { describe, it } from "vitest";

import { loadEngine } from "./engine";
import { useStage } from "./stage";
import { stories } from "./steps";

/** CI asks for 2,000; for a night: `LATCHKEY_MODEL_RUNS=50000 npm test -- --project model`. What a failure prints as seed repeats it. */
const RUNS = Number(process.env["LATCHKEY_MODEL_RUNS"] ?? 500);
const SEED = process.env["LATCHKEY_MODEL_SEED"];

const stage = useStage();

describe("the session engine", () => {
  it(`does what the model says, in ${RUNS} stories of browsers, tabs, servers, thieves and bad weather`, async () => {
    const engine = await loadEngine();
    const property = fc.asyncProperty(stories, (story) => stage.perform(engine, story));
    await fc.assert(property, { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) });
  });
});
