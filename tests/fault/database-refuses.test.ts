import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";

import type { HttpClient } from "@/attack/http-client";
import { newAddress } from "../support/accounts";
import { holdAfterEachFault } from "../support/after-each-fault";
import { newDatabase } from "../support/database";
import { mailedToken } from "../support/mailed-token";
import { runStatement, withDatabase } from "../support/postgres";
import { expectProblem } from "../support/problem";
import { type ServerInstance, type ServerInstances, startInstances } from "../support/server-instances";
import { ageCookie, clearsCookie, type StoredPerson, signInOn, storePerson } from "../support/session-cookies";

const ROLE = "latchkey_weak";
const ROLE_PASSWORD = "weak-Xk4Tn9Wd2Qs7";
const NEW_PASSWORD = "amber lantern over quiet water";
const TERMINATION_ROUNDS = 4;
const PEER_ROUNDS = 4;

const database = newDatabase();
const { query } = database;
let instances: ServerInstances;
let server: ServerInstance;
let person: StoredPerson;

/** Past the database itself, in which nothing can be changed while it is read-only. */
const elsewhere = (statement: string) => runStatement(inject("databaseServerUrl"), statement);
const grant = (rights: string) => `${rights} ON ALL TABLES IN SCHEMA public`;
const terminateAll = () =>
  query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );

holdAfterEachFault(() => instances);
beforeAll(async () => {
  await database.create();
  const name = new URL(database.url).pathname.slice(1);
  await query(
    `DO $$ BEGIN CREATE ROLE ${ROLE} LOGIN PASSWORD '${ROLE_PASSWORD}'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
  );
  await query(grant("GRANT ALL").concat(` TO ${ROLE}`));
  await query(`GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${ROLE}`);
  const url = new URL(withDatabase(database.url, name));
  [url.username, url.password] = [ROLE, ROLE_PASSWORD];
  instances = await startInstances([{ DATABASE_URL: url.href }], () => database.url);
  const [only] = instances.all;
  if (!only) throw new Error("One instance was started.");
  server = only;
  person = await storePerson(instances);
});
afterAll(async () => {
  await instances?.stop();
  await query(`DROP OWNED BY ${ROLE}`);
  await query(`DROP ROLE ${ROLE}`);
  await database.drop();
});

/** What writes, and what it must answer while nothing can be written. */
async function expectNothingWritten(inside: HttpClient, over: HttpClient): Promise<void> {
  const { email, password } = person;
  const before = await written();
  const asked: Readonly<Record<string, () => Promise<Response>>> = {
    "a sign-in": () => server.client().post("/api/sign-in", { email, password }),
    "a wrong password": () => server.client().post("/api/sign-in", { email, password: "not the right one at all" }),
    "a sign-up": () => server.client().post("/api/sign-up", { email: newAddress(), password }),
    "a forgotten password": () => server.client().post("/api/password/forgot", { email }),
    "a refresh": () => over.post("/api/refresh"),
    "a sign-out": () => server.client(inside.cookies).post("/api/sign-out"),
  };
  for (const [what, ask] of Object.entries(asked)) {
    const answer = await ask();
    expect([what, answer.status, clearsCookie(answer)]).toEqual([what, 503, false]);
    expect(answer.headers.get("retry-after"), what).toBeTruthy();
    await expectProblem(answer, 503, "temporarily_unavailable");
  }
  expect((await inside.get("/api/me")).status).toBe(200);
  expect((await inside.get("/dashboard")).status).toBe(200);
  expect((await server.client().get("/readyz")).status).toBe(200);
  expect(await written()).toEqual(before);
}

const written = () =>
  query(`SELECT (SELECT count(*) FROM sessions)::int AS sessions, (SELECT count(*) FROM audit_events)::int AS told,
    (SELECT count(*) FROM sign_ups)::int AS sign_ups, (SELECT count(*) FROM outgoing_mails)::int AS mails`);

async function insideAndOver(): Promise<[HttpClient, HttpClient]> {
  const [inside, over] = [await signInOn(server, person), await signInOn(server, person)];
  ageCookie(over);
  return [inside, over];
}

describe("F24: nothing can be written", () => {
  const name = () => new URL(database.url).pathname.slice(1);

  it("since transactions are read-only: reads are served, writes are 503, and what isn't logged isn't done", async () => {
    const [inside, over] = await insideAndOver();
    await query(`ALTER DATABASE ${name()} SET default_transaction_read_only = on`);
    await terminateAll();
    try {
      await expectNothingWritten(inside, over);
    } finally {
      await elsewhere(`ALTER DATABASE ${name()} RESET default_transaction_read_only`);
      await terminateAll();
    }
    expect((await over.post("/api/refresh")).status).toBe(200);
  });

  it("since the role has lost its rights: the same", async () => {
    const [inside, over] = await insideAndOver();
    await query(`${grant("REVOKE INSERT, UPDATE, DELETE")} FROM ${ROLE}`);
    try {
      await expectNothingWritten(inside, over);
    } finally {
      await query(`${grant("GRANT ALL")} TO ${ROLE}`);
    }
    expect((await over.post("/api/refresh")).status).toBe(200);
  });
});

describe("F22: the audit log can't be written", () => {
  it("then nothing that it tells of happens: no session, no new password, no end of a session", async () => {
    const browser = await signInOn(server, person);
    await query(`REVOKE INSERT ON audit_events FROM ${ROLE}`);
    try {
      const { email, password } = person;
      const before = await written();
      const change = { currentPassword: password, newPassword: NEW_PASSWORD };
      expect((await server.client().post("/api/sign-in", { email, password })).status).toBe(503);
      expect((await browser.post("/api/password/change", change)).status).toBe(503);
      expect((await browser.request("DELETE", "/api/account", { json: { password } })).status).toBe(503);
      expect((await browser.get("/api/me")).status).toBe(200);
      expect(await written()).toEqual(before);
    } finally {
      await query(`${grant("GRANT ALL")} TO ${ROLE}`);
    }
    await signInOn(server, person);
  });
});

describe("F16: the database gives up on what it was told", () => {
  /** What a client makes of 503: it tries again. */
  async function untilDone(ask: () => Promise<Response>): Promise<number[]> {
    const statuses: number[] = [];
    while (statuses.length < 20) {
      const answer = await ask();
      await answer.arrayBuffer();
      statuses.push(answer.status);
      if (answer.status !== 503) break;
      await sleep(50);
    }
    return statuses;
  }

  it(`connections are ended at random, ${TERMINATION_ROUNDS} times: 503 or done, and nothing is done twice`, async ({
    annotate,
  }) => {
    const seen: number[] = [];
    for (let round = 0; round < TERMINATION_ROUNDS; round++) {
      await expect.poll(async () => (await server.client().get("/readyz")).status, { timeout: 5_000 }).toBe(200);
      const [inside, over] = await insideAndOver();
      const fresh = await storePerson(instances);
      const { email } = fresh;
      expect((await server.client().post("/api/password/forgot", { email })).status).toBe(202);
      const token = await mailedToken(instances, email, "/reset-password");
      const running = Promise.all([
        untilDone(() => over.post("/api/refresh")),
        untilDone(() => server.client().post("/api/sign-in", { email: person.email, password: person.password })),
        untilDone(() => server.client().post("/api/password/reset", { token, password: NEW_PASSWORD })),
        untilDone(() => inside.post("/api/sign-out")),
      ]);
      for (let strike = 0; strike < 4; strike++) {
        await sleep(Math.random() * 60);
        await terminateAll();
      }
      const [refreshed = [], signedIn = [], reset = [], signedOut = []] = await running;
      seen.push(...[refreshed, signedIn, reset, signedOut].map((statuses) => statuses.length - 1));
      expect([refreshed.at(-1), signedIn.at(-1), signedOut.at(-1)]).toEqual([200, 200, 204]);
      // Done, or found out to have been done by the try whose answer was lost.
      expect([204, 400]).toContain(reset.at(-1));
      const again = { email, password: NEW_PASSWORD };
      expect((await untilDone(() => server.client().post("/api/sign-in", again))).at(-1)).toBe(200);
    }
    await annotate(`tries beyond the first: ${seen.join(" ")}`);
  });

  it("a peer holds the same rows under SERIALIZABLE: 503 or done, and one generation a refresh", async () => {
    const connection = new pg.Client({ connectionString: database.url });
    await connection.connect();
    try {
      for (let round = 0; round < PEER_ROUNDS; round++) {
        const browser = await signInOn(server, person);
        ageCookie(browser);
        await connection.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
        await connection.query("UPDATE sessions SET last_seen_at = now() WHERE user_id = $1", [person.id]);
        const refreshing = untilDone(() => browser.post("/api/refresh"));
        await sleep(Math.random() * 40);
        await connection.query(round % 2 === 0 ? "COMMIT" : "ROLLBACK");
        expect((await refreshing).at(-1)).toBe(200);
      }
    } finally {
      await connection.end();
    }
  });

  it("a peer locks in the opposite order: one of the two is told, no request is 500, and all goes on", async () => {
    const connection = new pg.Client({ connectionString: database.url });
    await connection.connect();
    try {
      const browser = await signInOn(server, person);
      const { email, password } = await storePerson(instances);
      const other = server.client();
      expect((await other.post("/api/sign-in", { email, password })).status).toBe(200);
      await connection.query("BEGIN");
      await connection.query("LOCK TABLE audit_events IN EXCLUSIVE MODE");
      const changing = untilDone(() =>
        other.post("/api/password/change", { currentPassword: password, newPassword: NEW_PASSWORD }),
      );
      await sleep(300);
      // The change holds its account's row and waits for the log.
      await connection.query("UPDATE users SET name = 'Peer' WHERE email = $1", [email]).catch(() => undefined);
      await connection.query("ROLLBACK");
      expect([204, 401, 403]).toContain((await changing).at(-1));
      expect((await browser.get("/api/me")).status).toBe(200);
    } finally {
      await connection.end();
    }
  });
});
