import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { HttpClient, RequestOptions } from "@/attack/http-client";
import { signedInClient } from "../support/accounts";
import { builtActions, builtPages, builtRoutes } from "../support/built-app";
import { useServer } from "../support/server";

const server = useServer({}, { own: true });

/** How long each property looks. `HOSTILE_INPUT_SECONDS=300` digs deeper. */
const SECONDS = Number(process.env["HOSTILE_INPUT_SECONDS"] ?? 3);
/** What is longer is refused unread, everywhere but for a picture. */
const MAX_BODY_LENGTH = 64 * 1024;
/** Ends the session that the property needs. */
const ENDS_SESSION = /^\/api\/(?:sign-out|auth\/signout)$/;
const ENDING_ACTION = /^(?:signOut|report)\w*Action$/;

/** Values that broke something somewhere. */
const hostileText = fc.oneof(
  fc.constantFrom("", " ", "\0", "a\0b", "%00", "\ud800", "\udfff\ud800", "\u202e", "𝕏".repeat(40), "x".repeat(70_000)),
  fc.constantFrom("'; DROP TABLE users --", "<script>alert(1)</script>", "../../etc/passwd", "//evil.example"),
  fc.constantFrom("__proto__", "constructor", "toString", "then", "$K1", "$@0", "$F1", "$undefined", "$n1e9", "$$"),
  fc.constantFrom("ada@example.com", "x".repeat(43), "0198c0de-0000-7000-8000-000000000001", "123456", "on"),
  fc.string({ unit: "binary", maxLength: 60 }),
);
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, { contains: "" }, { not: "x" }, { $ne: 1 }, ["a"], [[]], {}),
  fc.jsonValue({ maxDepth: 3 }),
);
const fieldName = fc.oneof(
  fc.constantFrom("email", "password", "newPassword", "currentPassword", "token", "code", "name", "id", "provider"),
  fc.constantFrom("remember", "trustDevice", "callbackUrl", "csrfToken", "session", "locale", "timeZone", "picture"),
  fc.constantFrom("response", "rawId", "type", "clientExtensionResults", "__proto__", "constructor", "roles"),
  hostileText.map((text) => text.slice(0, 200)),
);
const fields = fc.array(fc.tuple(fieldName, hostileValue), { maxLength: 6 });

/** By hand, for names that stand twice, and names that an object literal has no room for. */
const writeObject = (pairs: [string, unknown][]) =>
  `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`;

const jsonBody: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 4, arbitrary: fields.map(writeObject) },
  fc.constantFrom("", "{", "null", "1e400", '{"email":1e400}', "[".repeat(10_000), '{"a":'.repeat(10_000)),
  fc.constantFrom(
    `{"email":"${"x".repeat(2_000_000)}"}`,
    '{"email":"a","email":"b"}',
    '{"__proto__":{"role":"admin"}}',
  ),
  fc.uint8Array({ maxLength: 200 }),
);
const mediaType = fc.oneof(
  { weight: 5, arbitrary: fc.constant("application/json") },
  fc.constantFrom(
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=",
  ),
  fc.constantFrom("application/csp-report", "application/reports+json", "Multipart/Form-Data; boundary=x", "image/png"),
);
const formBody = fields.map((pairs) =>
  new URLSearchParams(pairs.map(([name, value]) => [name, String(value)] as [string, string])).toString(),
);
const query = fc.oneof(
  formBody.map((text) => `?${text.slice(0, 4_000)}`),
  fc.constantFrom(
    "",
    "?",
    "?%",
    "?%ff=%ff",
    "?a=1&a=2",
    "?callbackUrl=%00",
    "?token[]=x",
    "?__proto__=1",
    "?code=%ED%A0%80",
  ),
);
const segment = fc.oneof(
  hostileText.map((text) => encodeURIComponent(text.toWellFormed().slice(0, 300)) || "x"),
  fc.constantFrom("%", "%ff", "%00", "..", ".", "%2e%2e", "a%2fb", ";", "[id]"),
);

/** A multipart body as a browser writes it, and as none would. */
function multipart(parts: readonly (readonly [name: string, value: string])[]): string {
  const quoted = (name: string) => name.replaceAll(/[\r\n"]/g, "_");
  const written = parts.map(
    ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
  );
  return `${written.join("")}--x--\r\n`;
}

let members: HttpClient[];
beforeAll(async () => {
  members = [server().client(), (await signedInClient(server())).client];
});

/** Sends it, and looks at how it was answered: never by a failure, and always with the headers of all. */
async function answeredWell(method: string, path: string, options: RequestOptions, signedIn: boolean): Promise<void> {
  const client = members[signedIn && !ENDS_SESSION.test(path.split("?")[0] ?? "") ? 1 : 0];
  const response = await client?.request(method, path, options).catch((error: unknown) => {
    // Closed in the middle of what nobody will read (RFC 9110 section 15.5.14): the answer may be lost to who still writes.
    if ((options.body?.length ?? 0) > MAX_BODY_LENGTH) return null;
    throw error;
  });
  if (response === null) return;
  const text = await response?.text();
  const said = `${method} ${path} ${JSON.stringify(options).slice(0, 2_000)}\n→ ${response?.status} ${text?.slice(0, 500)}`;
  expect(response?.status, said).toBeLessThan(500);
  expect(response?.headers.get("content-security-policy"), said).toContain("frame-ancestors 'none'");
}

/** A failure prints the seed and the path to it, with which `fc.assert` repeats it. */
const looksFor = <Values extends unknown[]>(property: fc.IAsyncProperty<Values>) =>
  fc.assert(property, { numRuns: 1_000_000, interruptAfterTimeLimit: SECONDS * 1_000, markInterruptAsFailure: false });

describe("whatever is sent (A86, A87)", () => {
  const timeout = (SECONDS + 60) * 1_000;

  it("breaks no route", { timeout }, async () => {
    const routes = builtRoutes().filter((path) => !path.startsWith("/dev/"));
    const methods = fc.constantFrom("GET", "HEAD", "POST", "POST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    await looksFor(
      fc.asyncProperty(
        ...[fc.constantFrom(...routes), methods, segment, query, jsonBody, mediaType, fc.boolean()],
        async (route, method, filling, search, body, type, signedIn) => {
          const path = route.replaceAll(/\[+(?:\.\.\.)?[^\]]+\]+/g, filling) + search;
          const options = ["GET", "HEAD"].includes(method) ? {} : { body, headers: { "content-type": type } };
          await answeredWell(method, path, options, signedIn);
        },
      ),
    );
  });

  it("breaks no page", { timeout }, async () => {
    const cookie = fc.option(hostileText.map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 2_000)));
    await looksFor(
      fc.asyncProperty(
        ...[fc.constantFrom(...builtPages()), segment, query, cookie, fc.boolean(), fc.boolean()],
        async (page, filling, search, planted, scripted, signedIn) => {
          const path = page.replaceAll(/\[[^\]]+\]/g, filling) + search;
          const headers: Record<string, string> = scripted ? { rsc: "1" } : {};
          const names = ["authjs.session-token", "authjs.callback-url", "authjs.csrf-token"];
          if (planted !== null && !signedIn) headers["cookie"] = names.map((name) => `${name}=${planted}`).join("; ");
          await answeredWell("GET", path, { headers }, signedIn);
        },
      ),
    );
  });

  it("breaks no action", { timeout }, async () => {
    const actions = builtActions().filter(({ name }) => !ENDING_ACTION.test(name));
    const state = fc.oneof(fc.constant({ status: "idle" }), hostileValue);
    const shape = fc.constantFrom("scripted", "plain", "text", "junk");
    const idle = { status: "idle" };
    await looksFor(
      fc.asyncProperty(
        ...[fc.constantFrom(...actions), shape, state, fields, jsonBody, fc.boolean()],
        async ({ id, page }, form, previous, pairs, junk, signedIn) => {
          const typed = pairs.map(([name, value]) => [name, String(value)] as const);
          const type = form === "text" ? "text/plain;charset=UTF-8" : "multipart/form-data; boundary=x";
          const headers: Record<string, string> = { "content-type": type };
          if (form !== "plain") headers["next-action"] = id;
          const inForm = typed.map(([name, value]) => [`_1_${name}`, value] as const);
          const bodies = {
            scripted: multipart([["0", JSON.stringify([previous, "$K1"])], ...inForm]),
            plain: multipart([
              ["$ACTION_REF_1", ""],
              ["$ACTION_1:0", `{"id":"${id}","bound":"$@1"}`],
              ["$ACTION_1:1", JSON.stringify([pairs.length > 3 ? previous : idle])],
              ...typed,
            ]),
            text: JSON.stringify([previous, ...pairs.map(([, value]) => value)]),
            junk,
          };
          await answeredWell("POST", page, { body: bodies[form as keyof typeof bodies], headers }, signedIn);
        },
      ),
    );
  });

  it("breaks nothing of Auth.js", { timeout }, async () => {
    const paths = ["signin", "signout", "session", "csrf", "providers", "error", "callback", "verify-request", "_log"];
    const below = fc.constantFrom("", "/google", "/credentials", "/nobody", "/%00", "/__proto__", "/constructor");
    const type = fc.constantFrom(
      "application/x-www-form-urlencoded",
      "application/json",
      "multipart/form-data; boundary=x",
      "",
    );
    await looksFor(
      fc.asyncProperty(
        ...[
          fc.constantFrom(...paths),
          below,
          fc.constantFrom("GET", "POST"),
          query,
          fc.oneof(formBody, jsonBody),
          type,
        ],
        async (path, end, method, search, body, mediaTypeOfForm) => {
          const options = method === "GET" ? {} : { body, headers: { "content-type": mediaTypeOfForm } };
          await answeredWell(method, `/api/auth/${path}${end}${search}`, options, false);
        },
      ),
    );
  });

  it("left nobody with more than they had", async () => {
    const [counts] = await server().database.query<{ people: number; admins: number }>(
      "SELECT count(*)::int AS people, count(*) FILTER (WHERE roles <> '{}')::int AS admins FROM users",
    );

    expect(counts).toEqual({ people: 1, admins: 0 });
    const me = await members[1]?.get("/api/me");
    const ends = await server().database.query("SELECT end_reason, method FROM sessions WHERE ended_at IS NOT NULL");
    expect([me?.status, me?.status === 200 ? null : [await me?.text(), ends]]).toEqual([200, null]);
  });
});
