import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { appendAuditEvent, recordAuditEvent } from "@/features/audit/data";
import { originOf } from "@/features/audit/request-origin";
import { startSession } from "@/features/session/start-session";
import { db, inTransaction } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newClient } from "../../support/instances";
import { newPerson, now, proofOf } from "../session/person";
import { whatHappened } from "./what-happened";

const database = useDatabase();
const AT_ONCE = 200;
const CONNECTIONS = 20;

/** More connections than an instance has, that nobody is sent away from: two hundred at once meet in the database itself. */
const shared = globalThis as { latchkeyDatabase?: ReturnType<typeof newClient> };
beforeAll(() => {
  shared.latchkeyDatabase = newClient(database.url, CONNECTIONS);
});
afterAll(() => shared.latchkeyDatabase?.$disconnect());

/** How many rows there are, and how many are chained to the row before. */
async function chain() {
  const [row] = await database.query<{ rows: number; chained: number }>(
    `SELECT count(*)::int AS rows, (count(*) FILTER (WHERE previous_hash = before))::int AS chained
     FROM (SELECT previous_hash, lag(hash, 1, '\\x') OVER (ORDER BY id) AS before FROM audit_events) e`,
  );
  return row;
}

describe("appendAuditEvent", () => {
  it(`A95: ${AT_ONCE} sign-ins at once are ${AT_ONCE} rows in one chain`, { timeout: 30_000 }, async ({ annotate }) => {
    const userId = await newPerson();
    await startSession(proofOf(userId), now);
    const startedAt = performance.now();
    const begun = await Promise.all(Array.from({ length: AT_ONCE }, () => startSession(proofOf(userId), now)));
    await annotate(`${AT_ONCE} sign-ins at once in ${(performance.now() - startedAt).toFixed(0)} ms`);

    expect(begun.filter(({ ok }) => ok)).toHaveLength(AT_ONCE);
    const sessions = (await whatHappened()).map(({ sessionId }) => sessionId);
    expect(new Set(sessions).size).toBe(AT_ONCE + 1);
    expect(await chain()).toEqual({ rows: AT_ONCE + 1, chained: AT_ONCE + 1 });
  });

  it("A95: refusals, sign-ins and transactions that are rolled back at once leave one chain without a hole", async () => {
    const userId = await newPerson();
    const { rows = 0 } = (await chain()) ?? {};
    const written = await Promise.all(
      Array.from({ length: 30 }, (_, index) => [
        startSession(proofOf(userId), now).then(() => 1),
        recordAuditEvent({ kind: "sign_in_failed", userId: null }).then(() => 1),
        inTransaction(async (transaction) => {
          await appendAuditEvent(transaction, { kind: "signed_out", userId });
          if (index % 2) throw new Error("rolled back");
        }).then(
          () => 1,
          () => 0,
        ),
      ]).flat(),
    );
    const expected = rows + written.reduce<number>((sum, one) => sum + one, 0);
    expect(await chain()).toEqual({ rows: expected, chained: expected });
  });

  it("A97: a user agent of line breaks, escapes and megabytes is one short line, and data", async () => {
    // What a server lets through is less than this; other ways in may let through more.
    const get = (name: string) => (name === "user-agent" ? hostile : null);
    const hostile = `Fire\r\nfox\u001b[31m\u0000 %0a'; DROP TABLE users; --${"x".repeat(2_000_000)}`;
    await recordAuditEvent({ kind: "sign_in_failed", userId: null, origin: originOf({ get } as Headers) });

    const [last] = await db().auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
    expect(last?.userAgent).toMatch(/^Fire fox \[31m %0a'; DROP TABLE users; --x+$/);
    expect(last?.userAgent?.length).toBeLessThanOrEqual(400);
  });

  it.each([
    ["UPDATE", "UPDATE audit_events SET kind = 'signed_out'"],
    ["UPDATE of no row", "UPDATE audit_events SET kind = 'signed_out' WHERE false"],
    ["DELETE", "DELETE FROM audit_events WHERE id = 1"],
    ["TRUNCATE", "TRUNCATE audit_events"],
    [
      "INSERT … ON CONFLICT DO UPDATE",
      "INSERT INTO audit_events (id, kind) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET kind = 'y'",
    ],
    ["MERGE", "MERGE INTO audit_events USING (SELECT 1 AS id) s ON audit_events.id = s.id WHEN MATCHED THEN DELETE"],
  ])("A97: the database refuses %s", async (_name, statement) => {
    const rows = (await chain())?.rows;
    await expect(database.query(statement)).rejects.toThrow("audit_events is append-only");
    expect((await chain())?.rows).toBe(rows);
  });

  it("A97: id, time and hashes are the database's, whoever names others", async () => {
    await database.query(
      "INSERT INTO audit_events (id, kind, recorded_at, previous_hash, hash) VALUES (1, 'signed_out', '2000-01-01', 'a', 'b')",
    );
    const { rows } = (await chain()) ?? {};
    expect(await chain()).toEqual({ rows, chained: rows });
    const [last] = await db().auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
    expect(last?.recordedAt.getUTCFullYear()).toBeGreaterThan(2000);
  });
});
