import { describe, expect, it } from "vitest";

import { spendOnce } from "@/features/single-use/data";
import { useDatabase } from "../../support/database";
import { fiftyTimes } from "../../support/fifty-times";

useDatabase();
const later = new Date("2026-01-01T12:00:00.000Z");

describe("spendOnce", () => {
  it("lets one of fifty at the same time through", async () => {
    const tries = await fiftyTimes(() => spendOnce("provider-flow", "one", later));
    expect(tries.filter(Boolean)).toHaveLength(1);
  });

  it("takes the same identifier for something else as another one", async () => {
    expect(await spendOnce("provider-flow", "two", later)).toBe(true);
    expect(await spendOnce("logout-token", "two", later)).toBe(true);
    expect(await spendOnce("logout-token", "two", later)).toBe(false);
  });
});
