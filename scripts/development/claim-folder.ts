import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Failure } from "@/lib/failure";
import { commandOf } from "./stop-leftover";

const FILE = "claim.pid";

/**
 * Makes sure that only one start uses this data folder. A claim whose process is gone counts for nothing.
 *
 * @returns Gives the folder back.
 * @throws Failure `folder_in_use`
 */
export function claimFolder(dataFolder: string): () => void {
  const claim = join(dataFolder, FILE);
  try {
    writeFileSync(claim, String(process.pid), { flag: "wx" });
  } catch (cause) {
    const holder = holderOf(dataFolder);
    if (holder !== null && holder !== process.pid) {
      throw new Failure(
        "folder_in_use",
        `Latchkey runs from this folder already (process ${holder}). Stop that one first, or use another clone.`,
        { cause },
      );
    }
    writeFileSync(claim, String(process.pid));
  }
  return () => rmSync(claim, { force: true });
}

/** The process whose start uses this data folder now; null when there is none. */
export function holderOf(dataFolder: string): number | null {
  const claim = join(dataFolder, FILE);
  if (!existsSync(claim)) return null;
  const holder = Number.parseInt(readFileSync(claim, "utf8"), 10);
  return Number.isInteger(holder) && commandOf(holder).includes("run.mjs") ? holder : null;
}
