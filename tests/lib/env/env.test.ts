import { describe, expect, it } from "vitest";

import { env, parseEnvironment } from "@/lib/env/env";
import { TEST_ENVIRONMENT } from "../../support/environment";

const SECRET = "f3Kq9ZtLw7Xv2Rb8Ny5Hj1Md6Pc4GsTa";
const OTHER_SECRET = "Qm8Vd2Jx5Lr9Wk3Zc7Tb1Yh6Np4Fg0Sa";
const PUBLIC_ORIGIN = "https://app.example.com";

function problemsOf(overrides: Record<string, string | undefined>): readonly string[] {
  const parsed = parseEnvironment({ ...TEST_ENVIRONMENT, ...overrides });
  return parsed.ok ? [] : parsed.problems;
}

function acceptedAs(overrides: Record<string, string | undefined>) {
  const parsed = parseEnvironment({ ...TEST_ENVIRONMENT, ...overrides });
  if (!parsed.ok) throw new Error(`refused: ${parsed.problems.join("; ")}`);
  return parsed.value;
}

describe("parseEnvironment", () => {
  it("fills in every default", () => {
    expect(acceptedAs({})).toEqual({
      DATABASE_URL: new URL(TEST_ENVIRONMENT.DATABASE_URL),
      DATABASE_POOL_SIZE: 10,
      AUTH_SECRET: [TEST_ENVIRONMENT.AUTH_SECRET],
      AUTH_URL: new URL(TEST_ENVIRONMENT.AUTH_URL),
      EMAIL_SERVER: new URL(TEST_ENVIRONMENT.EMAIL_SERVER),
      EMAIL_FROM: TEST_ENVIRONMENT.EMAIL_FROM,
      SESSION_ACCESS_TTL: 900,
      SESSION_IDLE_TTL: 604_800,
      SESSION_ABSOLUTE_TTL: 2_592_000,
      SESSION_ROTATION_GRACE: 10,
      REVOCATION_MAX_STALENESS: 1,
      REVOCATION_OUTAGE_GRACE: 60,
      ACCESS_TOKEN_TTL: 300,
      EMAIL_TOKEN_TTL: 86_400,
      RESET_TOKEN_TTL: 900,
      MAGIC_LINK: "off",
      PASSWORD_HASH: "bcrypt",
      RATE_LIMIT_SCALE: 1,
      TRUSTED_PROXIES: 0,
      PORT: 3000,
      providers: [],
    });
  });

  it("names every missing variable at once", () => {
    expect(parseEnvironment({})).toEqual({
      ok: false,
      problems: [
        "DATABASE_URL: is not set",
        "AUTH_SECRET: is not set. Make one with: openssl rand -base64 33",
        "AUTH_URL: is not set",
        "EMAIL_SERVER: is not set",
        "EMAIL_FROM: is not set",
      ],
    });
  });

  it("takes an empty value for an unset one", () => {
    expect(problemsOf({ AUTH_URL: "" })).toEqual(["AUTH_URL: is not set"]);
    expect(acceptedAs({ PORT: "" }).PORT).toBe(3000);
  });

  it("names every bad variable at once, and tells the value of none", () => {
    const bad = {
      DATABASE_URL: "mysql://root:hunter2hunter2@db/app",
      AUTH_SECRET: "shortsecret-hunter2",
      AUTH_URL: "http://hunter2.example.com",
      EMAIL_SERVER: "hunter2@mail.example.com",
      EMAIL_FROM: "hunter2",
      REDIS_URL: "http://hunter2@redis",
      SESSION_ACCESS_TTL: "hunter2",
      PASSWORD_HASH: "md5-hunter2",
      RATE_LIMIT_SCALE: "hunter2",
      TRUSTED_PROXIES: "hunter2",
      PORT: "hunter2",
      AUTH_GITHUB_ID: "hunter2",
      AUTH_OIDC_ACME_SECRET: "hunter2",
    };
    const problems = problemsOf(bad);

    for (const variable of Object.keys(bad).slice(0, 11)) expect(problems.join("\n")).toContain(`${variable}: `);
    expect(problems).toContain("AUTH_GITHUB_SECRET: is not set, but another AUTH_GITHUB_… variable is");
    expect(problems).toContain("AUTH_OIDC_ACME_ISSUER: is not set, but another AUTH_OIDC_ACME_… variable is");
    expect(problems.join("\n")).not.toContain("hunter2");
  });

  it.each(["mysql://localhost/app", "localhost:5432", "postgres", "http://localhost/app"])(
    "refuses %s as a database",
    (url) => {
      expect(problemsOf({ DATABASE_URL: url })).toEqual([
        "DATABASE_URL: must be a URL such as postgres://user:password@host:5432/database",
      ]);
    },
  );

  describe("AUTH_SECRET", () => {
    it("counts bytes: 31 are refused, 32 are enough", () => {
      expect(problemsOf({ AUTH_SECRET: SECRET.slice(0, 31) })).toEqual([
        "AUTH_SECRET: each secret needs at least 32 bytes. Make one with: openssl rand -base64 33",
      ]);
      expect(acceptedAs({ AUTH_SECRET: SECRET }).AUTH_SECRET).toEqual([SECRET]);
    });

    it.each(["changeme".repeat(5), "a".repeat(64), "0123456789".repeat(4).replaceAll("9", "0")])(
      "refuses %s, which nobody generated",
      (secret) => {
        expect(problemsOf({ AUTH_SECRET: secret })).toEqual([
          "AUTH_SECRET: is too regular to be random. Make one with: openssl rand -base64 33",
        ]);
      },
    );

    it("takes several secrets, newest first, with spaces around the comma", () => {
      expect(acceptedAs({ AUTH_SECRET: `${SECRET} , ${OTHER_SECRET}` }).AUTH_SECRET).toEqual([SECRET, OTHER_SECRET]);
    });

    it.each([`${SECRET},short`, `${SECRET},`, `,${SECRET}`])("asks the same of each secret of a list (%#)", (list) => {
      expect(problemsOf({ AUTH_SECRET: list })).toEqual([
        "AUTH_SECRET: each secret needs at least 32 bytes. Make one with: openssl rand -base64 33",
      ]);
    });
  });

  describe("AUTH_URL", () => {
    it.each([
      "http://app.example.com",
      "http://10.0.0.5",
      "http://localhost.example.com",
      "http://127.0.0.1.example.com",
    ])("refuses %s: cookies would cross a network in the clear", (url) => {
      expect(problemsOf({ AUTH_URL: url })).toEqual(["AUTH_URL: must be https, unless it is this machine itself"]);
    });

    it.each(["http://localhost:3000", "http://127.0.0.1", "http://[::1]:8080", "http://app.localhost", PUBLIC_ORIGIN])(
      "accepts %s",
      (url) => {
        expect(acceptedAs({ AUTH_URL: url }).AUTH_URL.origin).toBe(new URL(url).origin);
      },
    );

    it.each([
      `${PUBLIC_ORIGIN}/app`,
      `${PUBLIC_ORIGIN}?x=1`,
      `${PUBLIC_ORIGIN}#x`,
      "https://me:secret@app.example.com",
    ])("refuses %s: more than an origin", (url) => {
      expect(problemsOf({ AUTH_URL: url })).toEqual(["AUTH_URL: must be an origin only: no path, query or user"]);
    });

    it.each(["ftp://localhost", "localhost:3000", "//app.example.com", "javascript:alert(1)"])("refuses %s", (url) => {
      expect(problemsOf({ AUTH_URL: url })).toEqual([
        "AUTH_URL: must be the public origin, such as https://app.example.com",
      ]);
    });
  });

  describe("EMAIL_FROM", () => {
    it.each(["no-reply@example.com", "Latchkey <no-reply@example.com>"])("accepts %s", (sender) => {
      expect(acceptedAs({ EMAIL_FROM: sender }).EMAIL_FROM).toBe(sender);
    });

    it.each(["a@b.example, c@d.example", "A\r\nBcc: x@evil.example <a@b.example>", "<a@b.example>", "nobody", "a@b@c"])(
      "refuses %j: not exactly one sender",
      (sender) => {
        expect(problemsOf({ EMAIL_FROM: sender })).toEqual([
          "EMAIL_FROM: must be one address, such as Latchkey <no-reply@example.com>",
        ]);
      },
    );
  });

  describe("numbers", () => {
    const outside: [string, string][] = [
      ["SESSION_ACCESS_TTL", "0"],
      ["SESSION_IDLE_TTL", "-1"],
      ["SESSION_ABSOLUTE_TTL", "1e3"],
      ["SESSION_ROTATION_GRACE", "0.5"],
      ["REVOCATION_MAX_STALENESS", "-1"],
      ["ACCESS_TOKEN_TTL", "5m"],
      ["EMAIL_TOKEN_TTL", "0"],
      ["RESET_TOKEN_TTL", "9999999999"],
      ["DATABASE_POOL_SIZE", "0"],
      ["DATABASE_POOL_SIZE", "ten"],
      ["RATE_LIMIT_SCALE", "0"],
      ["RATE_LIMIT_SCALE", "-1"],
      ["TRUSTED_PROXIES", "100"],
      ["TRUSTED_PROXIES", "-1"],
      ["PORT", "0"],
      ["PORT", "65536"],
    ];
    it.each(outside)("refuses %s=%s", (variable, value) => {
      const problems = problemsOf({ [variable]: value });

      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(new RegExp(`^${variable}: must be `));
    });

    const inside: [string, string, number][] = [
      ["SESSION_ACCESS_TTL", "1", 1],
      ["SESSION_ROTATION_GRACE", "0", 0],
      ["REVOCATION_MAX_STALENESS", "0", 0],
      ["REVOCATION_OUTAGE_GRACE", "0", 0],
      ["SESSION_ABSOLUTE_TTL", "999999999", 999_999_999],
      ["DATABASE_POOL_SIZE", "2", 2],
      ["RATE_LIMIT_SCALE", "0.5", 0.5],
      ["RATE_LIMIT_SCALE", "1000", 1000],
      ["TRUSTED_PROXIES", "99", 99],
      ["PORT", "1", 1],
      ["PORT", "65535", 65_535],
    ];
    it.each(inside)("accepts %s=%s", (variable, value, number) => {
      expect(acceptedAs({ [variable]: value })).toMatchObject({ [variable]: number });
    });
  });

  describe("what only this machine may have", () => {
    it("refuses loosened rate limits on a public origin", () => {
      const refused = ["RATE_LIMIT_SCALE: may be above 1 only while AUTH_URL is this machine itself"];
      expect(problemsOf({ AUTH_URL: PUBLIC_ORIGIN, RATE_LIMIT_SCALE: "1.001" })).toEqual(refused);
      expect(acceptedAs({ AUTH_URL: PUBLIC_ORIGIN, RATE_LIMIT_SCALE: "1" }).RATE_LIMIT_SCALE).toBe(1);
      expect(acceptedAs({ AUTH_URL: PUBLIC_ORIGIN, RATE_LIMIT_SCALE: "0.1" }).RATE_LIMIT_SCALE).toBe(0.1);
    });

    it("refuses the development mailbox and identity provider on a public origin", () => {
      const development = {
        LATCHKEY_DEV_MAILBOX: "/tmp/mailbox",
        LATCHKEY_DEV_IDENTITY_PROVIDER: "http://localhost:4000",
      };
      expect(problemsOf({ AUTH_URL: PUBLIC_ORIGIN, ...development })).toEqual([
        "LATCHKEY_DEV_MAILBOX: is for development; remove it",
        "LATCHKEY_DEV_IDENTITY_PROVIDER: is for development; remove it",
      ]);
      expect(problemsOf(development)).toEqual([]);
    });
  });
});

describe("env", () => {
  it("reads the process's environment once", () => {
    const first = env();
    process.env["PORT"] = "4000";

    expect(env()).toBe(first);
    expect(first.PORT).toBe(3000);
  });
});
