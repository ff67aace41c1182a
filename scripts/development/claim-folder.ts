import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Failure } from "@/lib/failure";
import { commandOf } from "./stop-leftover";

/**
 * Makes sure that only one start uses this data folder. A claim whose process is gone counts for nothing.
 *
 * @returns Gives the folder back.
 * @throws Failure `folder_in_use`
 */
export function claimFolder(dataFolder: string): () => void {
  const claim = join(dataFolder, "claim.pid");
  try {
    writeFileSync(claim, String(process.pid), { flag: "wx" });
  } catch (cause) {
    const holder = Number.parseInt(readFileSync(claim, "utf8"), 10);
    if (Number.isInteger(holder) && holder !== process.pid && commandOf(holder).includes("run.mjs")) {
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
