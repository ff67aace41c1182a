import { randomBytes } from "node:crypto";

import { attack, fromInside } from "../attack";
import { demand, demandStatus } from "../demand";
import { mailboxOf, newAddress, newPassword, newSignedIn, signIn } from "../person";
import { rawRequest } from "../raw-request";
import type { Target } from "../target";

/** Method, path and fields of all that takes JSON from strangers. */
const OPEN_CALLS: Readonly<Record<string, readonly string[]>> = {
  "/api/sign-up": ["email", "password", "name"],
  "/api/sign-in": ["email", "password", "remember"],
  "/api/password/forgot": ["email"],
  "/api/password/reset": ["token", "password"],
  "/api/verify-email": ["token"],
  "/api/verify-email/resend": ["email"],
  "/api/email/confirm": ["token"],
  "/api/sign-in/second-factor": ["code"],
};

const honest = (field: string): unknown => {
  if (field === "email") return newAddress();
  if (field === "remember") return true;
  return field === "password" ? newPassword() : "Nobody";
};
const REFUSALS = [400, 401, 403, 413, 415, 422, 429];

const SQL = [
  "' OR '1'='1",
  "'; DROP TABLE users; --",
  "1) UNION SELECT version()--",
  "\\'; SELECT pg_sleep(9); --",
  "%27",
];
const SLEEP_MS = 8_500;

/** A85: what is SQL in a field stays text. */
async function sqlInjection(target: Target): Promise<void> {
  for (const [path, fields] of Object.entries(OPEN_CALLS)) {
    for (const field of fields) {
      for (const value of SQL) {
        const json = { ...bodyWith(fields), [field]: value };
        const beganMs = performance.now();
        const response = await target.client().post(path, json);
        demand(response.status < 500, `${path} with SQL in ${field}: answered ${response.status}`);
        demand(performance.now() - beganMs < SLEEP_MS, `${path} with SQL in ${field}: slept`);
        const text = await response.text();
        demand(
          !/syntax error|PostgreSQL|prisma/i.test(text),
          `${path} with SQL in ${field}: answered with the database's words`,
        );
      }
    }
  }
}

const OPERATORS: readonly unknown[] = [
  ...[{ contains: "" }, { not: "x" }, { startsWith: "" }, { $ne: 1 }, { $gt: "" }, { set: "x" }],
  ...[["a"], null, true, 0, { toString: "x" }, { length: 20 }],
];

/** A86: where a text belongs, nothing else is taken, least of all what a database would read as an operator. */
async function operators(target: Target): Promise<void> {
  for (const [path, fields] of Object.entries(OPEN_CALLS)) {
    for (const field of fields.filter((name) => name !== "remember")) await demandText(target, path, fields, field);
    const more = { ...bodyWith(fields), isAdmin: true };
    demandStatus(await target.client().post(path, more), 422, `${path} with a field too many`);
  }
}

async function demandText(target: Target, path: string, fields: readonly string[], field: string): Promise<void> {
  // A token of another type may be called what it is: no token.
  const refusals = field === "token" ? [400, 422] : 422;
  const values = field === "name" ? OPERATORS : [...OPERATORS, undefined];
  for (const value of values) {
    const response = await target.client().post(path, { ...bodyWith(fields), [field]: value });
    demandStatus(response, refusals, `${path} with ${field} = ${JSON.stringify(value) ?? "nothing"}`);
  }
}

const bodyWith = (fields: readonly string[]) => Object.fromEntries(fields.map((name) => [name, honest(name)]));

const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
const MALFORMED: readonly string[] = [
  ...[
    "",
    "{",
    "[]",
    "null",
    "1e400",
    "NaN",
    '{"email":"a","email":"b"}',
    '{"__proto__":{"isAdmin":true}}',
    '"\\ud800"',
  ],
  ...[
    '{"constructor":{"prototype":{"x":1}}}',
    deep(10_000),
    "[".repeat(10_000),
    '{"email":"\\u0000"}',
    "\ufeff{}",
    "{} x",
  ],
  ...["a".repeat(2 * 1024 * 1024), '{"email":"\xff\xfe"}', "{'email':'a'}", '{"email":1,}', "\0"],
];

/** A87: whatever is sent, it is refused as one of the refusals that are written down. */
async function malformedBodies(target: Target): Promise<void> {
  const random = Array.from({ length: 20 }, () => randomBytes(64).toString("latin1"));
  for (const path of Object.keys(OPEN_CALLS)) {
    for (const body of [...MALFORMED, ...random]) {
      const headers = { "content-type": "application/json" };
      const response = await target.client().request("POST", path, { body, headers });
      const what = JSON.stringify(body.slice(0, 30));
      demand(REFUSALS.includes(response.status), `${path} with ${what}: answered ${response.status}`);
    }
  }
  for (const path of [
    "/sign-in?a=1&a=2&callbackUrl=/a&callbackUrl=/b",
    "/sign-in?%ff=%fe",
    "/reset-password?token[]=x",
  ]) {
    const { status } = await rawRequest(target.addresses[0], { path });
    demand(status < 500, `${path}: answered ${status}`);
  }
}

const SAFE_MS = 1_000;

/** A88: no pattern takes for ever. */
async function slowPatterns(target: Target): Promise<void> {
  const long = 50_000;
  const worst = [
    `${"a".repeat(long)}!`,
    `${"a.".repeat(long / 2)}@`,
    `${"a@".repeat(long / 2)}`,
    `a@${"a-".repeat(long / 2)}`,
  ];
  for (const email of worst) {
    const beganMs = performance.now();
    demandStatus(await target.client().post("/api/password/forgot", { email }), 422, "an address of 50 KB");
    const tookMs = Math.round(performance.now() - beganMs);
    demand(tookMs < SAFE_MS, `an address of 50 KB took ${tookMs} ms`);
  }
}

const PRIVILEGES = {
  role: "admin",
  roles: ["admin"],
  emailVerified: true,
  id: "00000000-0000-7000-8000-000000000000",
  passwordHash: "x",
  aal: 2,
  createdAt: "2000-01-01T00:00:00Z",
};

/** A94: nobody gives themselves what only the system gives. */
async function massAssignment(target: Target): Promise<void> {
  mailboxOf(target);
  for (const [field, value] of Object.entries(PRIVILEGES)) {
    const json = { email: newAddress(), password: newPassword(), [field]: value };
    demandStatus(await target.client().post("/api/sign-up", json), 422, `a sign-up with ${field}`);
    demandStatus(await target.client().post("/api/sign-in", json), 422, `a sign-in with ${field}`);
  }
  const { person } = await newSignedIn(target);
  const { client } = await signIn(target, person);
  const me = (await (await client.get("/api/me")).json()) as Record<string, Record<string, unknown>>;
  const keys = (value: object | undefined) =>
    Object.keys(value ?? {})
      .sort()
      .join();
  demand(keys(me) === "session,user", `/api/me tells ${keys(me)}`);
  demand(keys(me["user"]) === "email,id,image,name,roles", `/api/me tells of a person: ${keys(me["user"])}`);
  demand(keys(me["session"]) === "aal,authTime,expiresAt,id", `/api/me tells of a session: ${keys(me["session"])}`);
  demand(JSON.stringify(me["user"]?.["roles"]) === "[]", "a new person has a role");
}

export const inputAttacks = [
  fromInside("A51", "ASVS 6.5.2, 11.3", "A dump of the database", "tests/attack/stolen-database.test.ts"),
  attack("A85", "sqlmap", "SQL in every field", sqlInjection),
  attack("A86", "Prisma", "Database operators where text belongs", operators),
  attack("A87", "fast-check", "Bodies that are no bodies", malformedBodies),
  attack("A88", "recheck", "Patterns that take for ever", slowPatterns),
  attack("A94", "OWASP mass assignment", "Fields that only the system sets", massAssignment, { needs: ["mailbox"] }),
];
