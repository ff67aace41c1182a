import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { TEST_ENVIRONMENT } from "../../support/environment";
import { examine } from "./examine";
import { said, useSetUp } from "./set-up";

const { root, broken, later } = useSetUp();

describe("npm run doctor without an instance", () => {
  it("finds nothing in a good set-up, and says what it could not look at", async () => {
    const { problems, hints, unseen } = await broken({});

    expect(problems).toEqual([]);
    expect(hints).toEqual(["Nothing answers at http://localhost:61999 (ECONNREFUSED)."]);
    expect(unseen).toEqual({
      "Address in use": "No instance answers at http://localhost:61999.",
      Cookies: "No instance answers at http://localhost:61999.",
      "Proxy headers": "No instance answers at http://localhost:61999.",
    });
  });

  it("says what to do first in an untouched folder, and what is missing once it was used", async () => {
    const folder = mkdtempSync(join(tmpdir(), "latchkey-doctor-empty-"));
    later(() => rmSync(folder, { recursive: true, force: true }));

    const untouched = await examine(folder, { PORT: "61999" });
    writeFileSync(join(folder, ".env.local"), `AUTH_SECRET="${TEST_ENVIRONMENT.AUTH_SECRET}"\n`, { mode: 0o600 });
    const stopped = await examine(folder, { PORT: "61999" });
    const production = await examine(folder, { NODE_ENV: "production" });

    expect([untouched.stage, ...said(untouched)]).toEqual([
      "untouched",
      "Nothing is set up in this folder yet.",
      "npm start, then npm run doctor in another terminal",
    ]);
    expect([stopped.stage, stopped.problems, stopped.hints[0]]).toEqual([
      "stopped_here",
      [],
      "Nothing runs in this folder now, and DATABASE_URL, AUTH_URL and EMAIL_SERVER are not all set.",
    ]);
    expect([production.stage, production.problems]).toEqual([
      "configured",
      ["DATABASE_URL: is not set.", "AUTH_URL: is not set.", "EMAIL_SERVER: is not set.", "EMAIL_FROM: is not set."],
    ]);
  });

  const OPENSSL = "Make one with: openssl rand -base64 33";
  it.each<[string, Record<string, string>, string, string]>([
    ["1. no secret", { AUTH_SECRET: "" }, "AUTH_SECRET: is not set.", OPENSSL],
    ["2. a short secret", { AUTH_SECRET: "short-9ab" }, "AUTH_SECRET: each secret needs at least 32 bytes.", OPENSSL],
    ["3. a typed secret", { AUTH_SECRET: "abab".repeat(10) }, "AUTH_SECRET: is too regular to be random.", OPENSSL],
    [
      "4. an AUTH_URL with a path",
      { AUTH_URL: "http://localhost:61999/app" },
      "AUTH_URL: must be an origin only: no path, query or user.",
      "AUTH_URL=http://localhost:61999",
    ],
    [
      "5. a public AUTH_URL without https",
      { AUTH_URL: "http://app.example.com:8080" },
      "AUTH_URL: must be https, unless it is this machine itself.",
      "AUTH_URL=https://app.example.com:8080",
    ],
    [
      "6. half a provider",
      { AUTH_GITHUB_ID: "an-id" },
      "AUTH_GITHUB_SECRET: is not set, but another AUTH_GITHUB_… variable is.",
      "Set it, or remove the others",
    ],
    [
      "7. a provider that nobody knows",
      { AUTH_CORPORATE_ID: "an-id", AUTH_CORPORATE_SECRET: "a-client-secret" },
      "AUTH_CORPORATE_…: Auth.js has no provider named corporate.",
      "For any OpenID Connect issuer use AUTH_OIDC_CORPORATE_…",
    ],
    [
      "8. a time that is no number",
      { SESSION_IDLE_TTL: "7d" },
      "SESSION_IDLE_TTL: must be a whole number of seconds.",
      "SESSION_IDLE_TTL=604800, which is the default, or remove it",
    ],
    [
      "9. sessions that never end for being idle",
      { SESSION_IDLE_TTL: "2592001" },
      "SESSION_IDLE_TTL (2,592,001 seconds) is longer than SESSION_ABSOLUTE_TTL (30 days): no session ever ends for being idle.",
      "Set SESSION_IDLE_TTL to 2592000 or less, or SESSION_ABSOLUTE_TTL to 2592001 or more",
    ],
    [
      "10. a grace that is longer than what it bridges",
      { SESSION_ROTATION_GRACE: "901" },
      "SESSION_ROTATION_GRACE (901 seconds) is longer than SESSION_ACCESS_TTL (15 minutes): a stolen cookie works for as long as a new one.",
      "Set SESSION_ROTATION_GRACE to 900 or less, or SESSION_ACCESS_TTL to 901 or more",
    ],
    [
      "11. a mail server that is not there",
      { EMAIL_SERVER: "smtp://user:a-password@127.0.0.1:1" },
      "The mail server of EMAIL_SERVER can't be reached.",
      "Correct host and port in EMAIL_SERVER: smtps: is for port 465, smtp: for 587; many hosters block 25",
    ],
    [
      "12. a database that is not there",
      { DATABASE_URL: "postgres://user:a-password@127.0.0.1:1/latchkey" },
      "DATABASE_URL: can't connect: ECONNREFUSED connect ECONNREFUSED 127.0.0.1:1.",
      "Start PostgreSQL there, or correct host and port in DATABASE_URL",
    ],
    [
      "13. a Redis that is not there",
      { REDIS_URL: "redis://:a-password@127.0.0.1:1" },
      "The Redis of REDIS_URL does not answer (ECONNREFUSED): rate limits are counted in PostgreSQL meanwhile.",
      "Start Redis there, or correct REDIS_URL, or remove it",
    ],
    [
      "14. an issuer that is not there",
      {
        AUTH_OIDC_CORP_ISSUER: "http://localhost:61999",
        AUTH_OIDC_CORP_ID: "id",
        AUTH_OIDC_CORP_SECRET: "a-client-secret",
      },
      "The issuer http://localhost:61999/ can't be asked: There is no connection, or it broke off.",
      "Let this machine out to it, or correct AUTH_OIDC_CORP_ISSUER",
    ],
  ])("diagnoses %s", async (_name, variables, sentence, fix) => {
    expect(said(await broken(variables))).toEqual([sentence, fix]);
  });

  it("diagnoses 15. what is for development, in production", async () => {
    const { problems, fix } = await broken({ AUTH_URL: "https://app.example.com", LATCHKEY_DEV_MAILBOX: "/mails" });
    expect([problems[0], fix]).toEqual(["LATCHKEY_DEV_MAILBOX: is for development.", "remove it"]);
  });

  it("hints at 16. an address without a name, another port, and variables that nothing reads", async () => {
    const { problems, hints } = await broken({ AUTH_URL: "http://127.0.0.1:61998", NEXTAUTH_SECRET: "of-old-times" });

    expect(problems).toEqual([]);
    expect(hints).toEqual([
      "NEXTAUTH_SECRET is set, but nothing reads it.",
      "AUTH_URL is the address 127.0.0.1: browsers make passkeys for names only.",
      "AUTH_URL has port 61998, but the server listens on 61999.",
      "Nothing answers at http://127.0.0.1:61998 (ECONNREFUSED).",
    ]);
  });

  it("diagnoses 17. a secret that other users of the machine can read", async () => {
    const file = join(root, ".env.local");
    writeFileSync(file, "", { mode: 0o600 });
    const closed = await broken({});
    chmodSync(file, 0o644);
    const open = await broken({});
    rmSync(file);

    expect(closed.problems).toEqual([]);
    expect(said(open)).toEqual([
      "Other users of this machine can read the secret in .env.local.",
      "chmod 600 .env.local",
    ]);
  });
});
