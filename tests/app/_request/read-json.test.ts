import { describe, expect, it } from "vitest";
import * as z from "zod";

import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { SignUpSchema } from "@/features/sign-up/schema";

const JSON_TYPE = "application/json";
const KIB = 1024;

function post(
  body: BodyInit | null,
  contentType: string | null = JSON_TYPE,
  headers: Record<string, string> = {},
): Request {
  return new Request("http://localhost:3000/api/x", {
    method: "POST",
    body,
    headers: { ...(contentType === null ? {} : { "content-type": contentType }), ...headers },
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  } as RequestInit);
}

async function refusalOf(request: Request, schema: z.ZodType = SignUpSchema) {
  try {
    return { value: await readJson(request, schema) };
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, errors: error.options.errors };
    throw error;
  }
}

const fieldsOf = async (body: string, schema?: z.ZodType) => (await refusalOf(post(body), schema)).errors;
const valid = { email: "a@x.test", password: "p" };

describe("readJson", () => {
  it.each([JSON_TYPE, "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"'])(
    "reads %s",
    async (type) => {
      expect(await readJson(post(JSON.stringify(valid), type), SignUpSchema)).toEqual(valid);
    },
  );

  it.each([
    null,
    "",
    "text/plain",
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "application/problem+json",
    "application/json; charset=utf-16",
    "application/json, text/plain",
    "text/plain; application/json",
  ])("refuses Content-Type %j with 415", async (type) => {
    // As bytes: a string would bring a type of its own.
    const body = new TextEncoder().encode(JSON.stringify(valid));

    expect(await refusalOf(post(body, type))).toEqual({ code: "unsupported_media_type" });
  });

  it("refuses a compressed body with 415: it could unpack to anything", async () => {
    expect(await refusalOf(post("x", JSON_TYPE, { "content-encoding": "gzip" }))).toEqual({
      code: "unsupported_media_type",
    });
  });

  it.each([
    [-1, undefined],
    [0, undefined],
    [1, "body_too_large"],
  ])("reads a body of 64 KiB and %i bytes: %s", async (extra, code) => {
    const envelope = JSON.stringify({ ...valid, password: "" }).length;
    const body = JSON.stringify({ ...valid, password: "p".repeat(64 * KIB - envelope + extra) });

    expect((await refusalOf(post(body))).code).toBe(code);
  });

  it("believes a Content-Length that is too large, and reads nothing", async () => {
    let pulled = 0;
    const body = new ReadableStream({ pull: () => void pulled++ }, { highWaterMark: 0 });

    expect(await refusalOf(post(body, JSON_TYPE, { "content-length": String(64 * KIB + 1) }))).toEqual({
      code: "body_too_large",
    });
    expect(pulled).toBe(0);
  });

  it("stops reading a stream that has no end", async () => {
    let sent = 0;
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => {
        sent += 16 * KIB;
        controller.enqueue(new Uint8Array(16 * KIB).fill(0x20));
      },
      cancel: () => {
        cancelled = true;
      },
    });

    expect(await refusalOf(post(body))).toEqual({ code: "body_too_large" });
    expect(cancelled).toBe(true);
    expect(sent).toBeLessThanOrEqual(128 * KIB);
  });

  it.each([
    ["nothing", null],
    ["an empty body", ""],
    ["spaces", "   "],
    ["half an object", '{"email":"a@x.test"'],
    ["two values", "{}{}"],
    ["a trailing comma", '{"email":"a@x.test",}'],
    ["single quotes", "{'email':'a@x.test'}"],
    ["a bare NUL within a string", '{"email":"a\0@x.test"}'],
    ["a bare line break within a string", '{"email":"a\n@x.test"}'],
    ["NaN", '{"email":NaN}'],
    ["half of a surrogate pair", '{"email":"a@x.test","password":"\\ud800"}'],
    ["half of a surrogate pair in a name", '{"email":"a@x.test","\\udc00":1}'],
    ["10,000 levels", `${"[".repeat(10_000)}${"]".repeat(10_000)}`],
    ["10,000 objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["33 levels", `${"[".repeat(33)}${"]".repeat(33)}`],
    ["30,000 levels and no end", "[".repeat(30_000)],
  ])("refuses %s with 400", async (_name, body) => {
    expect(await refusalOf(post(body))).toEqual({ code: "malformed_json" });
  });

  it.each([
    ["a cut sequence", [0x22, 0xc3, 0x22]],
    ["an overlong slash", [0x22, 0xc0, 0xaf, 0x22]],
    ["a surrogate in UTF-8", [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ["UTF-16", [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])("refuses bytes that are not UTF-8 with 400: %s", async (_name, bytes) => {
    expect(await refusalOf(post(Uint8Array.from(bytes)))).toEqual({ code: "malformed_json" });
  });

  it.each(["null", "true", "1", '"text"', "[]", '[{"email":"a@x.test"}]'])("refuses %s with 422", async (body) => {
    expect(await refusalOf(post(body))).toEqual({
      code: "invalid_input",
      errors: [{ field: "", code: "invalid_type", message: "This has to be an object." }],
    });
  });

  it("names each field and what is wrong with it, in words", async () => {
    expect(await fieldsOf("{}")).toEqual([
      { field: "email", code: "required", message: "This field is needed." },
      { field: "password", code: "required", message: "This field is needed." },
    ]);
    expect(await fieldsOf('{"email":null,"password":1}')).toEqual([
      { field: "email", code: "invalid_type", message: "This has to be a string." },
      { field: "password", code: "invalid_type", message: "This has to be a string." },
    ]);
    expect(await fieldsOf('{"email":"nobody","password":"p"}')).toEqual([
      { field: "email", code: "invalid", message: "Enter one e-mail address, such as name@example.com." },
    ]);
    expect(await fieldsOf(JSON.stringify({ ...valid, name: "n".repeat(101) }))).toEqual([
      { field: "name", code: "too_long", message: "A name has at most 100 characters." },
    ]);
  });

  it.each([
    ["__proto__", '{"email":"a@x.test","password":"p","__proto__":{"isAdmin":true}}'],
    ["constructor", '{"email":"a@x.test","password":"p","constructor":{"prototype":{"isAdmin":true}}}'],
    ["prototype", '{"email":"a@x.test","password":"p","prototype":1}'],
    ["toString", '{"email":"a@x.test","password":"p","toString":1}'],
    ["roles", '{"email":"a@x.test","password":"p","roles":["admin"]}'],
  ])("refuses the unknown field %s, and nothing inherits it", async (field, body) => {
    expect(await fieldsOf(body)).toEqual([{ field, code: "unrecognized_key", message: "There is no such field." }]);
    expect(Object.hasOwn(Object.prototype, "isAdmin")).toBe(false);
  });

  it("does not take inherited members for fields", async () => {
    const schema = z.strictObject({ toString: z.string(), constructor: z.string() });

    expect((await fieldsOf("{}", schema))?.map(({ field }) => field)).toEqual(["toString", "constructor"]);
  });

  it.each([
    ["a NUL, escaped", '{"email":"a\\u0000@x.test","password":"p"}', "email"],
    ["a number beyond all numbers", '{"email":1e400,"password":"p"}', "email"],
    ["a line break in a name (A34)", '{"email":"a@x.test","password":"p","name":"A\\r\\nBcc: b@evil.test"}', "name"],
  ])("refuses %s with 422", async (_name, body, field) => {
    const errors = await fieldsOf(body);

    expect(errors?.map((error) => error.field)).toEqual([field]);
  });

  it("never repeats a value, and lists no more than twenty fields of at most 100 characters", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`${index}${"k".repeat(40)}`, "value!"]),
    );
    const errors = await fieldsOf(JSON.stringify({ ...many, ["x".repeat(500)]: 1, email: "value!", password: 5 }));

    expect(errors).toHaveLength(20);
    expect(JSON.stringify(errors)).not.toContain("value!");
    expect(errors?.every(({ field }) => field.length <= 100)).toBe(true);
  });

  it("has words of our own for what a schema has none for", async () => {
    const schema = z.strictObject({
      a: z.string().min(3),
      b: z.string().max(1),
      c: z.uuid(),
      d: z.enum(["x"]),
      e: z.array(z.strictObject({ f: z.number() })),
    });
    const body = JSON.stringify({ a: "1", b: "12", c: "c", d: "d", e: [{ f: "1" }, { f: 1, g: 2 }] });

    expect(await fieldsOf(body, schema)).toEqual([
      { field: "a", code: "too_short", message: "This is too short." },
      { field: "b", code: "too_long", message: "This is too long." },
      { field: "c", code: "invalid_format", message: "This does not have the right form." },
      { field: "d", code: "invalid_value", message: "This is not one of the possible values." },
      { field: "e.0.f", code: "invalid_type", message: "This has to be a number." },
      { field: "e.1.g", code: "unrecognized_key", message: "There is no such field." },
    ]);
  });
});
