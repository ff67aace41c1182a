import { describe, expect, it } from "vitest";

import { sweep } from "@/features/clean-up/sweep";
import { addSeconds } from "@/lib/clock";
import { useDatabase } from "../../support/database";
import { runStatement } from "../../support/postgres";

const database = useDatabase();
const now = new Date("2026-01-31T12:00:00.000Z");
const DAY_SECONDS = 24 * 60 * 60;
const HOUR_SECONDS = 60 * 60;

async function person(): Promise<string> {
  const [user] = await database.query<{ id: string }>(
    "INSERT INTO users (id, email, email_verified, updated_at) VALUES (gen_random_uuid(), gen_random_uuid() || '@x.test', now(), now()) RETURNING id",
  );
  return user?.id ?? "";
}

async function endedSessions(userId: string, endedAt: Date, count: number): Promise<void> {
  await database.query(
    `INSERT INTO sessions (id, user_id, method, amr, authenticated_at, last_seen_at, idle_expires_at, absolute_expires_at, ended_at, end_reason)
     SELECT gen_random_uuid(), $1, 'password', '{pwd}', $2, $2, $2, $3, $2, 'signed_out' FROM generate_series(1, $4::int)`,
    [userId, endedAt, addSeconds(now, DAY_SECONDS), count],
  );
}

const count = async (table: string) =>
  (await database.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n;

describe("sweep (A101)", () => {
  it("deletes an ended session a month after its end, and not a second before", async () => {
    const userId = await person();
    const month = addSeconds(now, -30 * DAY_SECONDS);
    await endedSessions(userId, addSeconds(month, -1), 1);
    await endedSessions(userId, month, 1);

    expect(await sweep(now)).toBe(1);
    expect(await count("sessions")).toBe(1);
    await database.query("DELETE FROM sessions");
  });

  it("goes on batch after batch until nothing is left", async () => {
    await endedSessions(await person(), addSeconds(now, -31 * DAY_SECONDS), 1203);

    expect(await sweep(now)).toBe(1203);
    expect(await count("sessions")).toBe(0);
  });

  it("leaves live sessions, waiting mails and fresh feed entries alone", async () => {
    const userId = await person();
    await database.query(
      `INSERT INTO sessions (id, user_id, method, amr, authenticated_at, last_seen_at, idle_expires_at, absolute_expires_at)
       VALUES (gen_random_uuid(), $1, 'password', '{pwd}', $2, $2, $2, $2)`,
      [userId, addSeconds(now, DAY_SECONDS)],
    );
    await database.query(
      "INSERT INTO outgoing_mails (id, kind, recipient, created_at, next_attempt_at) VALUES (gen_random_uuid(), 'k', 'a@x.test', $1, $1)",
      [addSeconds(now, -9 * DAY_SECONDS)],
    );
    await database.query("INSERT INTO revocation_feed (recorded_at, end_reason) VALUES ($1, 'signed_out')", [
      addSeconds(now, -HOUR_SECONDS),
    ]);

    expect(await sweep(now)).toBe(0);
  });

  it("sweeps finished mails after a week and the feed once no window from before can be open", async () => {
    await database.query("UPDATE outgoing_mails SET next_attempt_at = NULL");
    await database.query("UPDATE revocation_feed SET recorded_at = $1", [
      addSeconds(now, -900 - 300 - HOUR_SECONDS - 1),
    ]);

    expect(await sweep(now)).toBe(2);
  });

  it("deletes a challenge that nobody answered an hour after it expired, and not a second before", async () => {
    for (const [hash, secondsAgo] of [
      ["\\x01", HOUR_SECONDS + 1],
      ["\\x02", HOUR_SECONDS],
    ] as const) {
      await database.query(
        "INSERT INTO webauthn_challenges (challenge_hash, purpose, expires_at) VALUES ($1, 'sign_in', $2)",
        [hash, addSeconds(now, -secondsAgo)],
      );
    }

    expect(await sweep(now)).toBe(1);
    expect(await count("webauthn_challenges")).toBe(1);
  });

  it("sweeps a change of address an hour after it can be neither confirmed nor undone", async () => {
    const expired = addSeconds(now, -HOUR_SECONDS - 1);
    const change = (id: string, expiresAt: Date, undoExpiresAt: Date | null) => [id, expiresAt, undoExpiresAt] as const;
    const changes = [
      change("expired", expired, null),
      change("waiting", addSeconds(expired, 1), null),
      change("undoable", expired, addSeconds(expired, 1)),
      change("past undoing", addSeconds(expired, -2), expired),
    ];
    const userId = await person();
    for (const values of changes) {
      await database.query(
        `INSERT INTO email_changes (id, user_id, from_email, to_email, expires_at, undo_expires_at)
         VALUES (gen_random_uuid(), $1, 'a@x.test', $2, $3, $4)`,
        [userId, ...values],
      );
    }

    expect(await sweep(now)).toBe(2);
    const left = await database.query<{ name: string }>("SELECT to_email AS name FROM email_changes");
    expect(left.map(({ name }) => name).sort()).toEqual(["undoable", "waiting"]);
  });

  it("deletes a request to connect an hour after its time, and not a second before", async () => {
    const hour = addSeconds(now, -HOUR_SECONDS);
    await database.query(
      "INSERT INTO connection_requests (token_hash, provider, expires_at) VALUES ('\\x01', 'google', $1), ('\\x02', 'google', $2)",
      [addSeconds(hour, -1), hour],
    );

    expect(await sweep(now)).toBe(1);
    expect(await count("connection_requests")).toBe(1);
  });

  it("sweeps sign-ins that waited for a second factor, and devices whose trust is over, after an hour", async () => {
    const userId = await person();
    const hour = addSeconds(now, -HOUR_SECONDS);
    for (const expiresAt of [addSeconds(hour, -1), hour]) {
      await database.query(
        "INSERT INTO sign_in_challenges (token_hash, user_id, method, amr, remember, expires_at) VALUES (uuid_send(gen_random_uuid()), $1, 'password', '{pwd}', true, $2)",
        [userId, expiresAt],
      );
      await database.query(
        "INSERT INTO trusted_devices (id, token_hash, user_id, last_used_at, expires_at) VALUES (gen_random_uuid(), uuid_send(gen_random_uuid()), $1, $2, $2)",
        [userId, expiresAt],
      );
    }

    expect(await sweep(now)).toBe(2);
    expect([await count("sign_in_challenges"), await count("trusted_devices")]).toEqual([1, 1]);
  });

  it("deletes a link that signs in an hour after it expired, and not a second before", async () => {
    for (const [hash, secondsAgo] of [
      ["\\x01", HOUR_SECONDS + 1],
      ["\\x02", HOUR_SECONDS],
    ] as const) {
      await database.query(
        `INSERT INTO magic_links (id, email, token_hash, code_hash, browser_hash, expires_at)
         VALUES (gen_random_uuid(), 'a@x.test', $1, $1, $1, $2)`,
        [hash, addSeconds(now, -secondsAgo)],
      );
    }

    expect(await sweep(now)).toBe(1);
    expect(await count("magic_links")).toBe(1);
  });

  it("forgets a browser that was not signed in with for a year, and not a second before", async () => {
    const userId = await person();
    const year = addSeconds(now, -365 * DAY_SECONDS);
    for (const seenAt of [addSeconds(year, -1), year]) {
      await database.query(
        "INSERT INTO known_devices (user_id, token_hash, last_seen_at) VALUES ($1, sha256($2), $3)",
        [...[userId, seenAt.toISOString(), seenAt]],
      );
    }
    expect(await sweep(now)).toBe(1);
    expect(await count("known_devices")).toBe(1);
  });

  it("leaves it to the instance that is sweeping already", async () => {
    await endedSessions(await person(), addSeconds(now, -31 * DAY_SECONDS), 1);
    // Another instance's transaction holds the lock while the statement sleeps.
    const other = runStatement(database.url, "SELECT pg_advisory_xact_lock(2207119004), pg_sleep(1)");
    await new Promise((resolve) => setTimeout(resolve, 300));

    expect(await sweep(now)).toBe(0);
    await other;
    expect(await sweep(now)).toBe(1);
  });
});
