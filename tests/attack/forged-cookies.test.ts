import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { EncryptJWT, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { sealJwe } from "@/lib/crypto/direct-jwe";
import { TEST_ENVIRONMENT } from "../support/environment";
import { useInstances } from "../support/server-instances";
import {
  claimsOf,
  clearsCookie,
  SESSION_COOKIE,
  signInOn,
  storedSession,
  storePerson,
} from "../support/session-cookies";

const instances = useInstances({});
const fetched: string[] = [];
const bait = createServer((request, response) => {
  fetched.push(request.url ?? "");
  response.end("{}");
});
let baitUrl = "";
let browser: HttpClient;
let genuine = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => bait.listen(0, "127.0.0.1", resolve));
  baitUrl = `http://127.0.0.1:${(bait.address() as AddressInfo).port}/jwks.json`;
  browser = await signInOn(server(), await storePerson(instances()));
  genuine = browser.cookies.get(SESSION_COOKIE) ?? "";
});
afterAll(() => {
  bait.close();
});

const server = () => {
  const [only] = instances().all;
  if (!only) throw new Error("One instance was started.");
  return only;
};

const parts = () => genuine.split(".");
const withPart = (index: number, change: (part: string) => string) =>
  parts()
    .map((part, at) => (at === index ? change(part) : part))
    .join(".");
const withHeader = (changes: object) =>
  withPart(0, (header) => {
    const before = JSON.parse(Buffer.from(header, "base64url").toString()) as object;
    return Buffer.from(JSON.stringify({ ...before, ...changes })).toString("base64url");
  });
const flipped = (part: string) => {
  const bytes = Buffer.from(part, "base64url");
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString("base64url");
};
const encrypted = (key: Uint8Array, header: object) =>
  new EncryptJWT({ ...claimsOf(browser) })
    .setProtectedHeader({ alg: "dir", enc: "A256CBC-HS512", ...header })
    .encrypt(key);

/** Name of the forgery → what is sent in the session cookie's place. */
const FORGERIES: Readonly<Record<string, () => string | Promise<string>>> = {
  "nothing at all": () => "",
  "alg none": () => new UnsecuredJWT({ ...claimsOf(browser) }).encode(),
  "signed with a key of ours that is public": () =>
    new SignJWT({ ...claimsOf(browser) }).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(SESSION_COOKIE)),
  "encrypted with another key": () => encrypted(new Uint8Array(64).fill(7), {}),
  "encrypted with another key, under our kid": () =>
    encrypted(new Uint8Array(64).fill(7), JSON.parse(Buffer.from(parts()[0] ?? "", "base64url").toString())),
  "a header that names a key set elsewhere": () => withHeader({ jku: baitUrl }),
  "a header that brings its own key": () => withHeader({ jwk: { kty: "oct", k: "AA" } }),
  "a header that names a certificate elsewhere": () => withHeader({ x5u: baitUrl }),
  "a header that asks for decompression": () => withHeader({ zip: "DEF" }),
  "another kid": () => withHeader({ kid: "another" }),
  "another typ": () => withHeader({ typ: "at+jwt" }),
  "a bit of the tag flipped": () => withPart(4, flipped),
  "a bit of the text flipped": () => withPart(3, flipped),
  "a bit of the vector flipped": () => withPart(2, flipped),
  "an encrypted key where none belongs": () => withPart(1, () => "AAAA"),
  "the tag cut short": () => withPart(4, (tag) => tag.slice(0, 20)),
  "cut in the middle": () => genuine.slice(0, genuine.length / 2),
  "something behind it": () => `${genuine}.x`,
  "a character that no token has": () => `${genuine}%`,
  "10 KB of it": () => "A".repeat(10_000),
  "sealed for another cookie's name": () =>
    sealJwe(claimsOf(browser), TEST_ENVIRONMENT.AUTH_SECRET, "__Host-authjs.session-token"),
  "sealed, but of another shape": () => sealJwe({ sub: "somebody" }, TEST_ENVIRONMENT.AUTH_SECRET, SESSION_COOKIE),
  "sealed, but no claims at all": () => sealJwe([], TEST_ENVIRONMENT.AUTH_SECRET, SESSION_COOKIE),
};

describe("A5: a forged or mangled session cookie", () => {
  it.each(Object.keys(FORGERIES))("%s: 401 everywhere, and nothing ends", async (name) => {
    const forged = (await FORGERIES[name]?.()) ?? "";
    const attacker = () => server().client(new Map([[SESSION_COOKIE, forged]]));
    const answers = [
      await attacker().get("/api/me"),
      await attacker().post("/api/refresh"),
      await attacker().get("/dashboard"),
    ];

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 307]);
    expect(answers.filter(clearsCookie)).toEqual([]);
    expect((await browser.get("/api/me")).status).toBe(200);
  });

  it("more than headers may hold: refused at the door", async () => {
    const attacker = server().client(new Map([[SESSION_COOKIE, "A".repeat(100_000)]]));
    expect((await attacker.get("/api/me")).status).toBe(431);
  });

  it.each([
    "__Host-authjs.session-token",
    "__Secure-authjs.session-token",
    `${SESSION_COOKIE}.0`,
    "next-auth.session-token",
  ])("a genuine one under the name %s: 401", async (name) => {
    const attacker = server().client(new Map([[name, genuine]]));
    expect((await attacker.get("/api/me")).status).toBe(401);
  });

  it.each(["forged first", "genuine first"])("two of one name, %s: never an error, never two people", async (order) => {
    const cookies = [`${SESSION_COOKIE}=forged`, `${SESSION_COOKIE}=${genuine}`];
    if (order === "genuine first") cookies.reverse();
    const headers = { cookie: cookies.join("; ") };
    const statuses = [];
    for (const path of ["/api/me", "/dashboard", "/api/sessions"]) {
      statuses.push((await server().client().get(path, { headers })).status);
    }
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
  });

  it("two people's cookies of one name: every part of the answer is about the same person, or about nobody", async () => {
    const other = await signInOn(server(), await storePerson(instances()));
    const emails = [claimsOf(browser).email, claimsOf(other).email];
    for (const pair of [
      [genuine, other.cookies.get(SESSION_COOKIE)],
      [other.cookies.get(SESSION_COOKIE), genuine],
    ]) {
      const headers = { cookie: pair.map((value) => `${SESSION_COOKIE}=${value}`).join("; ") };
      const answers = [];
      for (const path of ["/api/me", "/dashboard", "/api/auth/session"]) {
        const text = await (await server().client().get(path, { headers })).text();
        answers.push(emails.filter((email) => text.includes(email)).join(" and "));
      }
      expect(new Set(answers.filter((answer) => answer !== "")).size).toBeLessThanOrEqual(1);
    }
  });

  it("fetched nothing that a header named, and ended no session", async () => {
    expect(fetched).toEqual([]);
    expect((await storedSession(instances(), claimsOf(browser).sid)).end_reason).toBeNull();
    expect(server().output()).not.toContain('"level":"error"');
  });
});
