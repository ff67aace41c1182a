import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";

import { refuseUnsoundAction } from "@/app/_request/action-body";

/** What Next puts into the browser. */
const ENCODER =
  "next/dist/compiled/react-server-dom-turbopack/cjs/react-server-dom-turbopack-client.browser.production.js";
const ACTION = { "next-action": "60".padEnd(42, "a") };

async function statusOf(body: string | FormData, headers: Record<string, string>): Promise<number | null> {
  const request = new NextRequest("http://localhost:3000/sign-in", { method: "POST", body, headers });
  return (await refuseUnsoundAction(request))?.status ?? null;
}

function form(fields: Record<string, string | Blob>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

const scripted = (value: unknown, fields: Record<string, string> = {}) =>
  statusOf(form({ "0": JSON.stringify(value), ...fields }), ACTION);
const plain = (value: string, fields: Record<string, string> = {}) =>
  statusOf(
    form({ $ACTION_REF_1: "", "$ACTION_1:0": '{"id":"60aa","bound":"$@1"}', "$ACTION_1:1": value, ...fields }),
    {},
  );

describe("refuseUnsoundAction", () => {
  it("lets through what our pages send", async () => {
    expect(await scripted([{ status: "idle" }, "$K1"], { _1_email: "ada@example.com", _1_code: "$$$" })).toBeNull();
    expect(await scripted(["$undefined", { values: { name: "$$5" }, errors: ["$0:0:values"] }])).toBeNull();
    expect(await plain('[{"status":"idle"}]', { email: "ada@example.com", $ACTION_KEY: "k1" })).toBeNull();
    expect(await statusOf('["/dashboard"]', { ...ACTION, "content-type": "text/plain;charset=UTF-8" })).toBeNull();
    expect(await statusOf(form({ picture: new Blob(["\0\0"]), "0": "[]" }), ACTION)).toBeNull();
  });

  it("lets through whatever React's own encoder makes of what our pages pass on", async () => {
    const { encodeReply } = (await import(ENCODER)) as { encodeReply(value: unknown): Promise<string | FormData> };
    const values = { email: "a@example.com" };
    const state = {
      status: "invalid",
      fieldErrors: { email: ["$No.", ""], password: undefined },
      values,
      again: values,
    };
    const data = form({ email: "ada@example.com", password: "$ecret", picture: new Blob(["\0"]) });
    for (const passed of [
      [{ status: "idle" }, data],
      [state, data],
      [data],
      ["/a?b=$1"],
      [{ id: "x", response: {} }, "/"],
      [],
    ]) {
      const body = await encodeReply(passed);
      const type = typeof body === "string" ? { "content-type": "text/plain;charset=UTF-8" } : {};
      expect(await statusOf(body, { ...ACTION, ...type })).toBeNull();
    }
  });

  it("has nothing to say about what is no action", async () => {
    expect(await statusOf("a=1", { "content-type": "application/x-www-form-urlencoded" })).toBeNull();
    expect(await refuseUnsoundAction(new NextRequest("http://localhost:3000/", { headers: ACTION }))).toBeNull();
  });

  it.each([
    ["a reference to code", ["$F1"]],
    ["a server reference", ["$h1"]],
    ["a promise", ["$@1"]],
    ["a map", ["$Q1"]],
    ["a stream", ["$R1"]],
    ["a blob", ["$B1"]],
    ["a number that is none", ["$nx"]],
    ["a way into the prototype (CVE-2025-55182)", ["$0:__proto__:then"]],
    ["a way to the constructor", ["$0:a:constructor"]],
    ["a chunk that isn't there", ["$9:a"]],
    ["a thing with a then", JSON.parse('[{"then":"$0:a"}]')],
    ["NUL", ["a\0"]],
    ["half a surrogate pair", ["\ud800"]],
  ])("refuses %s", async (_name, value) => {
    expect(await scripted(value)).toBe(400);
    expect(await plain(JSON.stringify(value))).toBe(400);
    expect(await statusOf(JSON.stringify(value), { ...ACTION, "content-type": "text/plain" })).toBe(400);
  });

  it("takes a form that was sent before its page had woken: with what React had put into it for browsers without scripts", async () => {
    const forNoScript = {
      _1_$ACTION_REF_2: "",
      "_1_$ACTION_2:0": '{"id":"6011bbc32c8e47300d53b23154d81fa7db9b073741","bound":"$@1"}',
      "_1_$ACTION_2:1": '[{"status":"idle"}]',
      _1_$ACTION_KEY: "kfc5b771bfda537cc743357af4da49129",
    };
    expect(await scripted([{ status: "idle" }, "$K1"], { ...forNoScript, _1_email: "ada@example.com" })).toBeNull();
    expect(await scripted([{ status: "idle" }, "$K1"], { ...forNoScript, _1_$ACTION_ROLE: "admin" })).toBe(422);
  });

  it("refuses a field that no form has (A94)", async () => {
    expect(await scripted([{ status: "idle" }, "$K1"], { _1_email: "ada@example.com", _1_role: "admin" })).toBe(422);
    expect(await plain('[{"status":"idle"}]', { email: "ada@example.com", role: "admin" })).toBe(422);
  });

  it("refuses depth that nothing of ours has", async () => {
    expect(await statusOf("[".repeat(17) + "]".repeat(17), { ...ACTION, "content-type": "text/plain" })).toBe(400);
  });

  it.each([
    ["no form at all", "nothing", "multipart/form-data; boundary=x"],
    ["no boundary", "--x--", "multipart/form-data"],
    ["a type in other letters", "--x--\r\n", "Multipart/Form-Data; boundary=x"],
    [
      "no value for the action",
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
      "multipart/form-data; boundary=x",
    ],
    ["no JSON", "{", "text/plain"],
    ["nothing", "", "text/plain"],
  ])("refuses %s", async (_name, body, type) => {
    expect(await statusOf(body, { ...ACTION, "content-type": type })).toBe(400);
  });

  it("refuses more fields than any form has", async () => {
    const fields = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`field-${index}`, "x"]));
    expect(await scripted(["$K1"], fields)).toBe(400);
  });
});
