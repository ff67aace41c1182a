import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";

import { chartOf } from "./chart";
import type { Results } from "./measured";
import { tableOfBytes, tableOfMemory, tableOfRows, tableOfStarts } from "./tables";

const FOLDER = join(process.cwd(), "docs", "performance");
const FILE = join(FOLDER, "results.json");

/** All tables of what was measured, for docs/performance.md to lead to. */
function asDocument(results: Results & { measuredOn: string; machine: string }): string {
  const { requests, starts, bytes, memory, measuredOn, machine } = results;
  const tables = [
    ...Object.values(requests).map(tableOfRows),
    ...(starts ? [tableOfStarts(starts)] : []),
    ...(bytes ? [tableOfBytes(bytes)] : []),
    ...(memory ? [tableOfMemory(memory)] : []),
  ];
  const head = `# What was measured\n\nBy \`npm run bench\`, last on ${measuredOn}; ${machine}. [How to read it](../performance.md).\n`;
  return `${head}${tables.map((table) => `\n\`\`\`text\n${table}\`\`\`\n`).join("")}`;
}

/** What was measured last, scenario by scenario. */
export function keptResults(): Results {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Results) : { requests: {} };
}

/** Puts these results in the place of older ones of the same scenarios, and draws the chart anew. */
export function keepResults(results: Results): void {
  mkdirSync(FOLDER, { recursive: true });
  const kept = keptResults();
  const all = {
    ...{ ...kept, ...results, requests: { ...kept.requests, ...results.requests } },
    measuredOn: new Date().toISOString().slice(0, 10),
    machine: `${os.availableParallelism()} cores, Node ${process.versions.node}, ${process.platform}`,
  };
  writeFileSync(FILE, `${JSON.stringify(all, rounded, 2)}\n`);
  writeFileSync(join(FOLDER, "results.md"), asDocument(all));
  writeFileSync(join(FOLDER, "chart.svg"), chartOf(all));
}

/** More digits than these are noise. */
const rounded = (_key: string, value: unknown) =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
