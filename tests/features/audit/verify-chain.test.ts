import { beforeEach, describe, expect, it } from "vitest";

import { verifyChain } from "@/features/audit/verify-chain";
import { useDatabase } from "../../support/database";

const database = useDatabase();

/** Does by hand what only the table's owner can: past the triggers. */
async function tamper(statement: string): Promise<void> {
  await database.query("ALTER TABLE audit_events DISABLE TRIGGER USER");
  await database.query(statement);
  await database.query("ALTER TABLE audit_events ENABLE TRIGGER USER");
}

/** Texts that are written in more than one way: what is hashed has to be read as it was hashed. */
const ODD_DETAILS = JSON.stringify({ b: 'quote " and \\ back', a: 1.5, bb: true, "é\u2028\u0001": "\t\n\u007f 😀" });

async function write(count: number): Promise<void> {
  await database.query(
    `INSERT INTO audit_events (kind, user_id, session_id, ip, user_agent, details)
     SELECT 'signed_in', gen_random_uuid(), gen_random_uuid(), '192.0.2.7', E'A "b" \\\\ c\\u001b\\t/\\u2028é😀', $2::jsonb FROM generate_series(1, $1::int)`,
    [count, ODD_DETAILS],
  );
}

const ids = async () =>
  (await database.query<{ id: string }>("SELECT id FROM audit_events ORDER BY id")).map(({ id }) => id);
const hashOf = async (id: string | undefined) =>
  (await database.query<{ hash: Buffer }>("SELECT hash FROM audit_events WHERE id = $1", [id]))[0]?.hash.toString(
    "hex",
  ) ?? "";

beforeEach(async () => {
  await tamper("DELETE FROM audit_events");
});

describe("verifyChain", () => {
  it("finds nothing to complain of in an empty log", async () => {
    expect(await verifyChain()).toEqual({ state: "holds", rows: 0, newest: null });
  });

  it("makes the same hashes as the database, whatever the rows say", async () => {
    await write(3);
    await database.query("INSERT INTO audit_events (kind) VALUES ('sign_in_failed')");
    const newest = (await ids()).at(-1);
    expect(await verifyChain()).toEqual({
      state: "holds",
      rows: 4,
      newest: { id: newest, hash: await hashOf(newest) },
    });
  });

  it("is not fooled by a gap that a transaction left which was rolled back", async () => {
    await write(1);
    await database.query("SELECT nextval(pg_get_serial_sequence('audit_events', 'id'))");
    await write(1);
    expect(await verifyChain()).toMatchObject({ state: "holds", rows: 2 });
  });

  it.each([
    ["kind", "kind = 'signed_out'"],
    ["person", "user_id = NULL"],
    ["session", "session_id = gen_random_uuid()"],
    ["address", "ip = '192.0.2.8'"],
    ["device", "user_agent = user_agent || ' '"],
    ["details", `details = details || '{"a": 2}'`],
    ["time, by a microsecond", "recorded_at = recorded_at + interval '1 microsecond'"],
    ["hash", "hash = sha256('x')"],
  ])("A97: names the row whose %s was altered", async (_what, change) => {
    await write(5);
    const [, , third] = await ids();
    await tamper(`UPDATE audit_events SET ${change} WHERE id = ${third}`);
    expect(await verifyChain()).toMatchObject({ state: "broken", rows: 2, reason: "altered", row: { id: third } });
  });

  it("A97: names the row whose previous hash was changed", async () => {
    await write(3);
    const [, second] = await ids();
    await tamper(`UPDATE audit_events SET previous_hash = sha256('x') WHERE id = ${second}`);
    expect(await verifyChain()).toMatchObject({
      state: "broken",
      rows: 1,
      reason: "wrong_previous",
      row: { id: second },
    });
  });

  it("A97: names the row before which another was removed, the very first included", async () => {
    await write(4);
    const [first, second, third, fourth] = await ids();
    await tamper(`DELETE FROM audit_events WHERE id = ${third}`);
    expect(await verifyChain()).toEqual({
      ...{ state: "broken", rows: 2, reason: "missing_before", before: second },
      row: { id: fourth, kind: "signed_in", recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/) },
    });
    await tamper(`DELETE FROM audit_events WHERE id = ${first}`);
    expect(await verifyChain()).toMatchObject({ rows: 0, reason: "missing_before", row: { id: second }, before: null });
  });

  it("A97: an altered row that was hashed anew gives itself away by the next", async () => {
    await write(3);
    const [, second, third] = await ids();
    await tamper(`UPDATE audit_events SET ip = '198.51.100.1' WHERE id = ${second}`);
    await tamper(`UPDATE audit_events e SET hash = audit_event_digest(e.previous_hash, e) WHERE id = ${second}`);
    expect(await verifyChain()).toMatchObject({
      ...{ state: "broken", rows: 2, reason: "missing_before", row: { id: third }, before: second },
    });
  });

  it("A97: does not ask the database's own function, which could be replaced by one that always agrees", async () => {
    await write(2);
    const [first] = await ids();
    await tamper(`UPDATE audit_events SET ip = '198.51.100.1' WHERE id = ${first}`);
    await database.query(
      "CREATE OR REPLACE FUNCTION audit_event_digest(previous bytea, e audit_events) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$ SELECT e.hash $$",
    );
    expect(await verifyChain()).toMatchObject({ state: "broken", reason: "altered", row: { id: first } });
  });
});
