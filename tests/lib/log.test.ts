import { describe, expect, it } from "vitest";

import { Failure } from "@/lib/failure";
import { type LogFields, newLog } from "@/lib/log";
import { inRequest } from "@/lib/request-context";

const MARKER = "hunter2-marker-secret";

/** What comes of one line: parsed, without the time. */
function written(fields: Record<string, unknown>, message = "Something happened."): Record<string, unknown> {
  const lines: string[] = [];
  newLog({ write: (line) => lines.push(line) }).error(fields as LogFields, message);
  expect(lines).toHaveLength(1);
  const [line = ""] = lines;
  expect(line.indexOf("\n")).toBe(line.length - 1);
  const { time, ...rest } = JSON.parse(line) as Record<string, unknown>;
  expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  return rest;
}

describe("newLog", () => {
  it("writes level, message and fields as one JSON object a line", () => {
    expect(written({ event: "refresh_reuse", rows: 3, retire: null, remove: ["a", "b"] })).toEqual({
      level: "error",
      msg: "Something happened.",
      event: "refresh_reuse",
      rows: 3,
      retire: null,
      remove: ["a", "b"],
    });
  });

  it.each([
    "password",
    "token",
    "code",
    "cookie",
    "authorization",
    "body",
    "email",
    "__proto__",
    "context",
    "headers",
    "toString",
  ])("A96: prints no field %j, which is not on the list, whatever passes it", (name) => {
    const fields = Object.fromEntries([[name, MARKER]]);
    expect(written({ ...fields, event: "x" })).toEqual({ level: "error", msg: "Something happened.", event: "x" });
  });

  it.each([{ password: MARKER }, [{ password: MARKER }], () => MARKER, Symbol(MARKER), new Map([[MARKER, MARKER]])])(
    "A96: prints nothing of a value in a form that no field has: %s",
    (value) => {
      expect(JSON.stringify(written({ reason: value, remove: value }))).not.toContain(MARKER);
    },
  );

  it("A96: leaves out what an error quotes, and tells its class, its code and where it was thrown", () => {
    let error: unknown;
    try {
      JSON.parse(MARKER);
    } catch (thrown) {
      error = new TypeError(`${MARKER}\n    at ${MARKER} (forged.ts:1:1)`, { cause: thrown });
    }
    const line = written({ error });
    expect(JSON.stringify(line)).not.toContain(MARKER);
    expect(line["error"]).toMatchObject({ name: "TypeError", cause: { name: "SyntaxError" } });
    expect((line["error"] as { at: string[] }).at[0]).toContain("log.test.ts");
  });

  it("tells of a browser's report what is on its list", () => {
    const reports = [{ type: "csp-violation", page: "https://app.example/a", line: 3, token: MARKER }];
    expect(written({ reports })["reports"]).toEqual([
      { type: "csp-violation", page: "https://app.example/a", line: 3 },
    ]);
  });

  it("tells the message of a Failure, which holds no secret", () => {
    const error = new Failure("seal_broken", "No secret opens this.");
    expect(written({ error })["error"]).toMatchObject({ code: "seal_broken", message: "No secret opens this." });
  });

  it.each([
    [Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "ECONNREFUSED"],
    [new Error("denied", { cause: { kind: "TransactionWriteConflict" } }), "TransactionWriteConflict"],
  ])("tells the code of %s", (error, code) => {
    expect(written({ error })["error"]).toMatchObject({ code });
  });

  it("A97: keeps line breaks, escape sequences and megabytes out", () => {
    const { path } = written({ path: `/a\r\n{"level":"info"}\u001b[2J\u202e${"x".repeat(2_000_000)}` });
    expect(path).toMatch(/^[\x20-\x7e]{1,300}$/);
  });

  it("names the request that a line is part of, also later on, and none outside of one", async () => {
    const id = "0123456789abcdef";
    const line = await inRequest(id, async () => {
      await Promise.resolve();
      return written({});
    });
    expect([line["requestId"], written({})["requestId"]]).toEqual([id, undefined]);
  });
});
