import { beforeAll, describe, expect, it } from "vitest";

import { verifyChain } from "@/features/audit/verify-chain";
import { useDatabase } from "../../support/database";

const database = useDatabase();
const ROWS = 2503;

beforeAll(async () => {
  await database.query("INSERT INTO audit_events (kind) SELECT 'signed_in' FROM generate_series(1, $1::int)", [ROWS]);
});

async function newest() {
  const verdict = await verifyChain();
  if (verdict.state !== "holds" || !verdict.newest) throw new Error("The chain holds.");
  return verdict.newest;
}

describe("verifyChain with a mark that was noted down", () => {
  it("walks more rows than it reads at once", async () => {
    expect(await verifyChain()).toMatchObject({ state: "holds", rows: ROWS });
  });

  it("finds the row again after others came", async () => {
    const mark = await newest();
    await database.query("INSERT INTO audit_events (kind) VALUES ('signed_out')");
    expect(await verifyChain(mark)).toMatchObject({ state: "holds", rows: ROWS + 1 });
  });

  it("A97: sees that the newest rows are gone, which the chain alone does not", async () => {
    const mark = await newest();
    await database.query("ALTER TABLE audit_events DISABLE TRIGGER USER");
    await database.query("DELETE FROM audit_events WHERE id = $1", [mark.id]);
    await database.query("ALTER TABLE audit_events ENABLE TRIGGER USER");

    expect(await verifyChain()).toMatchObject({ state: "holds" });
    expect(await verifyChain(mark)).toMatchObject({ state: "broken", reason: "not_as_noted", row: { id: mark.id } });
  });

  it("A97: sees that a row was written anew in its place", async () => {
    const { id } = await newest();
    const verdict = await verifyChain({ id, hash: "0".repeat(64) });
    expect(verdict).toMatchObject({ state: "broken", reason: "not_as_noted", row: { id, kind: "signed_in" } });
  });
});
