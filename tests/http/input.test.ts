import { describe, expect, it } from "vitest";

import { GOOD_PASSWORD, newAddress } from "../support/accounts";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";

const server = useServer({}, { own: true });

const ROUTES = [
  "/api/sign-up",
  "/api/verify-email",
  "/api/verify-email/resend",
  "/api/sign-in",
  "/api/password/forgot",
  "/api/password/reset",
] as const;
const ONE_MEGABYTE = 1024 * 1024;
const MAX_HANDLED_MS = 200;

/** Field errors as `field: code`, sorted. */
async function fieldErrors(response: Response): Promise<string[]> {
  const { code, errors } = (await response.json()) as {
    code: string;
    errors: { field: string; code: string; message: string }[];
  };
  expect([response.status, code]).toEqual([422, "invalid_input"]);
  for (const { message } of errors) expect(message).toMatch(/^[A-Z].*\.$/s);
  return errors.map((error) => `${error.field}: ${error.code}`).sort();
}

async function rowsWritten(): Promise<unknown> {
  const [row] = await server().database.query(
    "SELECT (SELECT count(*) FROM users) u, (SELECT count(*) FROM sign_ups) s, (SELECT count(*) FROM outgoing_mails) m",
  );
  return row;
}

describe("input over the API", () => {
  describe.each(ROUTES)("POST %s", (path) => {
    it.each(["", "{", "nul", '{"email":', "[1,", "\u0000", '{"a":"\\ud800"}', "[".repeat(100) + "]".repeat(100)])(
      "refuses %j: no JSON",
      async (body) => {
        const headers = { "content-type": "application/json" };
        await expectProblem(await server().client().request("POST", path, { body, headers }), 400, "malformed_json");
      },
    );

    it("refuses bytes that are no UTF-8", async () => {
      const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
      const headers = { "content-type": "application/json" };
      await expectProblem(await server().client().request("POST", path, { body, headers }), 400, "malformed_json");
    });

    it.each([
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/json; charset=utf-16",
      "application/json, text/plain",
      "application/jsonp",
      "",
    ])("refuses the media type %j", async (type) => {
      const headers = { "content-type": type };
      const response = await server()
        .client()
        .request("POST", path, { body: Buffer.from("{}"), headers });
      await expectProblem(response, 415, "unsupported_media_type");
    });

    it("refuses a megabyte at once, without hashing it", async () => {
      const startedAt = performance.now();
      const password = "x".repeat(ONE_MEGABYTE);
      const response = await server().client().post(path, { email: newAddress(), password, token: password });

      await expectProblem(response, 413, "body_too_large");
      expect(performance.now() - startedAt).toBeLessThan(MAX_HANDLED_MS);
    });

    it.each(["null", "[]", '"text"', "1"])("refuses %s: not an object", async (body) => {
      const headers = { "content-type": "application/json" };
      const response = await server().client().request("POST", path, { body, headers });

      expect(await fieldErrors(response)).toEqual([": invalid_type"]);
    });

    it.each(["PUT", "PATCH", "DELETE", "GET"])("does not answer %s", async (method) => {
      const response = await server().client().request(method, path);

      expect(response.headers.get("allow")).toBe("POST, OPTIONS");
      await expectProblem(response, 405, "method_not_allowed");
    });

    it("tells its methods", async () => {
      const response = await server().client().request("OPTIONS", path);

      expect([response.status, response.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
      expect(response.headers.has("access-control-allow-origin")).toBe(false);
    });
  });

  const good = { email: "ada@example.com", password: GOOD_PASSWORD };
  const refused: [what: string, body: object, errors: string[]][] = [
    ["nothing", {}, ["email: required", "password: required"]],
    ["no password", { email: good.email }, ["password: required"]],
    ["a number for an address", { ...good, email: 1 }, ["email: invalid_type"]],
    ["a list of addresses", { ...good, email: ["a@example.com"] }, ["email: invalid_type"]],
    ["an object for a password", { ...good, password: { length: 20 } }, ["password: invalid_type"]],
    ["null for a name", { ...good, name: null }, ["name: invalid_type"]],
    ["a role of one's own choosing", { ...good, roles: ["admin"] }, ["roles: unrecognized_key"]],
    ["a prototype", { ...good, constructor: 1 }, ["constructor: unrecognized_key"]],
    ["a short password", { ...good, password: "x".repeat(14) }, ["password: too_short"]],
    ["a long password", { ...good, password: "a1".repeat(129).slice(1) }, ["password: too_long"]],
    ["a common password", { ...good, password: "passwordpassword" }, ["password: too_common"]],
    [
      "the address as the password",
      { ...good, email: "ada.lovelace.king@example.com", password: "ada.lovelace.king" },
      ["password: too_guessable_from_context"],
    ],
    ["a name of 101 characters", { ...good, name: "x".repeat(101) }, ["name: too_long"]],
    ["an empty name", { ...good, name: "  " }, ["name: too_short"]],
    ["a name with a line break", { ...good, name: "Ada\r\nBcc: eve@evil.example" }, ["name: invalid"]],
    ["a name that turns text around", { ...good, name: "Ada\u202Egpj" }, ["name: invalid"]],
  ];
  it.each(refused)("refuses to sign up with %s, and writes nothing", async (_what, body, errors) => {
    const before = await rowsWritten();

    expect(await fieldErrors(await server().client().post("/api/sign-up", body))).toEqual(errors);
    expect(await rowsWritten()).toEqual(before);
  });

  const addresses = [
    "",
    "ada",
    "ada@",
    "@example.com",
    "ada@localhost",
    "ada@@example.com",
    "ada@example.com,eve@evil.example",
    "ada@example.com;eve@evil.example",
    "ada@example.com eve@evil.example",
    "ada@example.com\r\nBcc: eve@evil.example",
    "<eve@evil.example> ada@example.com",
    "ada@example.com <eve@evil.example>",
    '"eve@evil.example"@example.com',
    "ada(comment)@example.com",
    "eve@evil.example＠example.com",
    "eve@evil.example﹫example.com",
    "ada@[127.0.0.1]",
    "ada@127.0.0.1",
    "ada@ex ample.com",
    "ada@exämple.com",
    "İ@example.com",
    ".ada@example.com",
    "a..da@example.com",
    "ada@-example.com",
    "group:ada@example.com;",
    `${"x".repeat(65)}@example.com`,
    `ada@${"x".repeat(250)}.com`,
    "ada@example.com\u0000",
  ];
  it.each(addresses)("mails nobody when the address is %j", async (email) => {
    const before = await rowsWritten();
    const answers = [
      await server()
        .client()
        .post("/api/sign-up", { ...good, email }),
      await server().client().post("/api/verify-email/resend", { email }),
      await server().client().post("/api/password/forgot", { email }),
    ];
    for (const answer of answers) expect(await fieldErrors(answer)).toEqual([expect.stringMatching(/^email: /)]);
    expect(await rowsWritten()).toEqual(before);
    expect(server().mails.all()).toEqual([]);
  });

  it.each(["x", "", "a".repeat(43), "../../etc/passwd", "' OR 1=1 --", "%00", "é".repeat(43)])(
    "knows no token %j",
    async (token) => {
      await expectProblem(await server().client().post("/api/verify-email", { token }), 400, "invalid_token");
    },
  );

  it.each([[["x"]], [{ $ne: null }], [1], [true], [null]])("takes no %j for a token", async (token) => {
    expect(await fieldErrors(await server().client().post("/api/verify-email", { token }))).toEqual([
      "token: invalid_type",
    ]);
  });
});
