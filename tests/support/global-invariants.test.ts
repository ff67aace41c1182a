import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { useDatabase } from "./database";
import { brokenInvariants, forkedCookies, toldSecrets } from "./global-invariants";

const USER = "01900000-0000-7000-8000-000000000001";
const SESSION = "01900000-0000-7000-8000-000000000002";
const SIGN_UP = "01900000-0000-7000-8000-000000000003";
const NOBODY = "01900000-0000-7000-8000-00000000000f";

const tell = (kind: string, session: string | null = null, details = "{}") =>
  `INSERT INTO audit_events (kind, user_id, session_id, details)
   VALUES ('${kind}', '${USER}', ${session === null ? "NULL" : `'${session}'`}, '${details}')`;
const newUser = (id: string, email: string) =>
  `INSERT INTO users (id, email, email_verified, updated_at) VALUES ('${id}', '${email}', now(), now())`;
const newSession = `INSERT INTO sessions (id, user_id, method, amr, authenticated_at, last_seen_at, idle_expires_at, absolute_expires_at)
  VALUES ('${SESSION}', '${USER}', 'password', '{pwd}', now(), now(), now() + interval '1 day', now() + interval '2 days')`;
const newSignUp = (email: string) =>
  `INSERT INTO sign_ups (id, email, expires_at) VALUES ('${SIGN_UP}', '${email}', now() + interval '1 day')`;
const newToken = (owner: string) =>
  `INSERT INTO one_time_tokens (token_hash, purpose, expires_at, user_id, sign_up_id)
   VALUES ('\\x01', 'planted', now() + interval '1 day', ${owner})`;
const newMail = (columns = "'\\x01', now(), NULL") =>
  `INSERT INTO outgoing_mails (id, kind, recipient, sealed_content, next_attempt_at, sent_at)
   VALUES (gen_random_uuid(), 'sign_up_verification', 'new@example.com', ${columns})`;
const end = (reason: string) => `UPDATE sessions SET ended_at = now(), end_reason = '${reason}'`;

/** Somebody who signed up and signed in, and somebody else who has only signed up: nothing is wrong with them. */
const SOUND = [
  newUser(USER, "person@example.com"),
  `INSERT INTO passwords (user_id, hash, updated_at) VALUES ('${USER}', 'hash', now())`,
  newSession,
  tell("signed_up"),
  tell("signed_in", SESSION),
  newSignUp("new@example.com"),
  newToken(`NULL, '${SIGN_UP}'`),
  newMail(),
];

/** What is planted, by the beginning of the only sentence that it may lead to. */
const PLANTED: readonly (readonly [string, readonly string[]])[] = [
  [
    "no session without a completed sign-in",
    [
      newSession.replaceAll(SESSION, NOBODY),
      `UPDATE sessions SET created_at = created_at + interval '1 minute' WHERE id = '${NOBODY}'`,
    ],
  ],
  [
    "at most one live leaf in a refresh family: no session beside its successor",
    [newSession.replaceAll(SESSION, NOBODY)],
  ],
  [
    "at most one live leaf in a refresh family: nothing was presented",
    ["UPDATE sessions SET confirmed_generation = 3"],
  ],
  [
    "at most one live leaf in a refresh family: what the feed calls ended",
    [`INSERT INTO revocation_feed (session_id, end_reason) VALUES ('${SESSION}', 'signed_out')`],
  ],
  ["every one-time token was spent at most once: a sign-up's", [tell("signed_up")]],
  [
    "every one-time token was spent at most once: none is left of a sign-up",
    ["UPDATE sign_ups SET email = 'person@example.com'", "UPDATE outgoing_mails SET recipient = 'person@example.com'"],
  ],
  [
    "every one-time token was spent at most once: a password reset's",
    [
      tell("password_reset_requested", null, '{"outcome": "link_mailed"}'),
      tell("password_reset"),
      tell("password_reset"),
    ],
  ],
  ["every one-time token was spent at most once: an e-mail change's", [tell("email_changed")]],
  [
    "as many users as distinct normalised e-mail addresses",
    [
      newUser(NOBODY, "PERSON@example.com"),
      `INSERT INTO passwords (user_id, hash, updated_at) VALUES ('${NOBODY}', 'hash', now())`,
      tell("signed_up").replace(USER, NOBODY),
    ],
  ],
  [
    "a row in the audit log for each effect: an account",
    [
      newUser(NOBODY, "other@example.com"),
      `INSERT INTO passwords (user_id, hash, updated_at) VALUES ('${NOBODY}', 'hash', now())`,
    ],
  ],
  ...["signed_out", "reuse_detected", "revoked_by_user", "password_changed", "account_deleted"].map(
    (reason) => ["a row in the audit log for each effect: the end of a session", [end(reason)]] as const,
  ),
  [
    "a row in the audit log for each effect: a second factor",
    [
      `INSERT INTO totp_factors (user_id, sealed_secret, confirmed_at) VALUES ('${USER}', '\\x01', now())`,
      tell("second_factor_enabled"),
      tell("second_factor_disabled"),
    ],
  ],
  ["a row in the audit log for each effect: an account's last days", ["UPDATE users SET deletion_due_at = now()"]],
  ["a row in the audit log for each effect: an account's last days", [tell("account_deletion_requested")]],
  ["an effect for each row in the audit log: an account that is there", [tell("signed_up").replace(USER, NOBODY)]],
  ["an effect for each row in the audit log: a sign-in's session", [tell("signed_in", NOBODY)]],
  ["an effect for each row in the audit log: the end of a session", [tell("signed_out", SESSION)]],
  [
    "an effect for each row in the audit log: a new password",
    [
      tell("password_set"),
      "DELETE FROM passwords",
      `INSERT INTO accounts (id, user_id, type, provider, provider_account_id) VALUES (gen_random_uuid(), '${USER}', 'oidc', 'p', '1')`,
    ],
  ],
  [
    "the audit log's chain holds",
    [
      "SET LOCAL session_replication_role = replica",
      "UPDATE audit_events SET details = '{\"method\": \"other\"}' WHERE kind = 'signed_in'",
    ],
  ],
  ["nobody without a way to sign in", ["DELETE FROM passwords"]],
  ["no half of anything: a token is somebody's", [newToken("NULL, NULL").replace("x01", "x02")]],
  ["no half of anything: a sign-up has its mail", ["DELETE FROM one_time_tokens"]],
  ["no half of anything: a sign-up has its mail", ["DELETE FROM outgoing_mails"]],
  ["no half of anything: a session that ended says why", ["UPDATE sessions SET ended_at = now()"]],
  ["no half of anything: a mail waits with its content", [newMail("NULL, now(), NULL")]],
  ["no half of anything: a mail waits with its content", [newMail("'\\x01', now(), now()")]],
  [
    "no orphan in passwords",
    [
      "SET LOCAL session_replication_role = replica",
      `INSERT INTO passwords (user_id, hash, updated_at) VALUES ('${NOBODY}', 'hash', now())`,
    ],
  ],
  [
    "no orphan in one_time_tokens",
    ["SET LOCAL session_replication_role = replica", newToken(`'${NOBODY}', NULL`).replace("x01", "x02")],
  ],
];

const database = useDatabase();
let client: pg.Client;
const query = async <Row extends Record<string, unknown>>(statement: string, values: readonly unknown[] = []) =>
  (await client.query<Row>(statement, [...values])).rows;

beforeAll(async () => {
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(() => client.end());

async function findingsWith(statements: readonly string[]): Promise<string[]> {
  await client.query("BEGIN");
  try {
    for (const statement of [...SOUND, ...statements]) await client.query(statement);
    return await brokenInvariants(query);
  } finally {
    await client.query("ROLLBACK");
  }
}

describe("brokenInvariants", () => {
  it("finds nothing where all is well", async () => {
    expect(await findingsWith([])).toEqual([]);
    const ended = `UPDATE sessions SET ended_at = now(), end_reason = 'password_changed' WHERE id = '${SESSION}'`;
    const succeeded = [tell("password_changed", SESSION), ended, newSession.replaceAll(SESSION, NOBODY)];
    expect(await findingsWith(succeeded)).toEqual([]);
    const leaves = [tell("signed_out", SESSION), end("signed_out")];
    expect(await findingsWith([...leaves, tell("second_factor_enabled"), tell("second_factor_disabled")])).toEqual([]);
  });

  it.each(PLANTED)("%s", async (rule, statements) => {
    const found = await findingsWith(statements);

    expect(found).toHaveLength(1);
    expect(found[0]).toContain(rule);
  });

  it("no transaction is stuck", async () => {
    const stuck = new pg.Client({ connectionString: database.url });
    await stuck.connect();
    await stuck.query("BEGIN");
    // What six seconds would do.
    const later = <Row extends Record<string, unknown>>(statement: string, values?: readonly unknown[]) =>
      query<Row>(statement.replace("interval '5 seconds'", "interval '-1 second'"), values);
    expect(await brokenInvariants(later)).toEqual([expect.stringContaining("no transaction is stuck")]);
    await stuck.end();
  });
});

describe("forkedCookies", () => {
  const cookieOf = (gen: number) =>
    sealSessionCookie({
      ...{ sid: SESSION, sub: USER as UserId, gen, cv: 0, win: 1, abs: 2_000_000_000, exp: 2_000_000_000, iat: 0 },
      ...{ auth_time: 0, aal: 1, amr: ["pwd"], remember: true, method: "password" },
      ...{ email: "person@example.com", name: null, picture: null, roles: [] },
    });

  it.each([
    [0, 0],
    [1, 1],
  ])("a cookie of generation %i where the row has 0: %i found", async (generation, found) => {
    await client.query("BEGIN");
    for (const statement of SOUND) await client.query(statement);
    const secrets = new Map([["cookie authjs.session-token #0", cookieOf(generation)]]);
    expect(await forkedCookies(query, secrets)).toHaveLength(found);
    await client.query("ROLLBACK");
  });
});

describe("toldSecrets", () => {
  it("finds a secret in a line, as it is and in base64", () => {
    const secrets = new Map([["password", "violet kettle drums"]]);
    const coded = Buffer.from("violet kettle drums").toString("base64");

    expect(toldSecrets(`{"level":"info","msg":"signed in"}`, secrets)).toEqual([]);
    expect(toldSecrets(`{"msg":"violet kettle drums"}`, secrets)).toEqual(["no secret in the log (password in log)"]);
    expect(toldSecrets(`{"msg":"${coded}"}`, secrets)).toHaveLength(1);
  });
});
