"use server";

import { requireDevelopment } from "./require-development";

/** What the examples' forms call. */
export async function doNothingAction(): Promise<void> {
  await requireDevelopment();
}
