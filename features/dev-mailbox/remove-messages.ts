import { rm } from "node:fs/promises";
import { join } from "node:path";

import { listMessageIds } from "./read-mailbox";

/** Removes every mail but the newest `keep`; other files in the folder stay. */
export async function removeMessagesBeyond(directory: string, keep: number): Promise<void> {
  const ids = await listMessageIds(directory);
  for (const id of ids.slice(0, Math.max(0, ids.length - keep))) {
    // A second remover may have been faster, so a missing file is fine.
    await rm(join(directory, `${id}.json`), { force: true });
    await rm(join(directory, `${id}.eml`), { force: true });
  }
}

/** Removes every mail; other files in the folder stay. */
export function emptyMailbox(directory: string): Promise<void> {
  return removeMessagesBeyond(directory, 0);
}
