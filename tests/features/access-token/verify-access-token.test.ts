import { createHmac, createPublicKey, generateKeyPairSync } from "node:crypto";
import {
  type CompactJWSHeaderParameters,
  CompactSign,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  SignJWT,
} from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { issueAccessToken } from "@/features/access-token/issue-access-token";
import { verifyAccessToken } from "@/features/access-token/verify-access-token";
import { openSessionCookie, sealSessionCookie } from "@/features/session/session-cookie";
import { keyRing } from "@/features/signing-key/key-ring";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { useDatabase } from "../../support/database";
import { sessionAt } from "./acting-person";

const NOW = new Date("2026-03-01T12:00:00Z");
const AT = epochSeconds(NOW);
const UUID = /^[0-9a-f-]{36}$/;
const INVALID = { ok: false, refusal: "invalid_token" };
const EXPIRED = { ok: false, refusal: "expired_token" };

const SESSION = sessionAt(AT);

useDatabase();

let token = "";
let header: CompactJWSHeaderParameters;
let claims: Record<string, unknown>;

beforeAll(async () => {
  token = (await issueAccessToken(SESSION, NOW)).accessToken;
  header = decodeProtectedHeader(token) as CompactJWSHeaderParameters;
  claims = decodeJwt(token);
});

/** What only somebody with our own key could make. */
async function signOurselves(
  changedClaims: Record<string, unknown>,
  changedHeader: Record<string, unknown> = {},
): Promise<string> {
  const { privateKey } = await keyRing().signingKey(NOW);
  return new CompactSign(Buffer.from(JSON.stringify({ ...claims, ...changedClaims })))
    .setProtectedHeader({ ...header, ...changedHeader } as CompactJWSHeaderParameters)
    .sign(privateKey, { crit: { "urn:example": true } });
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const part = (index: number) => token.split(".")[index] ?? "";

describe("issueAccessToken", () => {
  it("says what RFC 9068 asks for, and neither name nor address", () => {
    expect(header).toEqual({ alg: "ES256", typ: "at+jwt", kid: expect.stringMatching(/^[\w-]{43}$/) });
    expect(claims).toEqual({
      ...SESSION,
      iss: "http://localhost:3000",
      aud: "http://localhost:3000",
      client_id: "latchkey",
      jti: expect.stringMatching(UUID),
      iat: AT,
      exp: AT + 300,
    });
    expect(token.length).toBeLessThan(1_000);
  });

  it("lets no token outlive its session", async () => {
    const issued = await issueAccessToken({ ...SESSION, abs: AT + 7 }, NOW);

    expect(issued.expiresIn).toBe(7);
    expect(decodeJwt(issued.accessToken).exp).toBe(AT + 7);
  });

  it("makes no two tokens alike", async () => {
    const { accessToken } = await issueAccessToken(SESSION, NOW);
    expect(decodeJwt(accessToken).jti).not.toBe(claims["jti"]);
  });
});

describe("verifyAccessToken", () => {
  it("takes what was issued, with its claims and nothing else", async () => {
    expect(await verifyAccessToken(token, NOW)).toEqual({ ok: true, value: claims });
  });

  it("holds to its times, give or take 15 seconds", async () => {
    const at = (seconds: number) => verifyAccessToken(token, addSeconds(NOW, seconds));

    expect((await at(300 + 14)).ok).toBe(true);
    expect(await at(300 + 15)).toEqual(EXPIRED);
    expect(await at(300 + 16)).toEqual(EXPIRED);
    expect((await at(-15)).ok).toBe(true);
    expect(await at(-16)).toEqual(INVALID);
  });

  it("refuses `alg: none`, in whatever spelling, with and without a signature", async () => {
    for (const alg of ["none", "None", "NONE", "nOnE"]) {
      const unsigned = `${base64url({ ...header, alg })}.${part(1)}`;
      expect(await verifyAccessToken(`${unsigned}.`, NOW)).toEqual(INVALID);
      expect(await verifyAccessToken(`${unsigned}.${part(2)}`, NOW)).toEqual(INVALID);
    }
    expect(await verifyAccessToken(`${part(0)}.${part(1)}.`, NOW)).toEqual(INVALID);
  });

  it("refuses HS256 with the public key as its secret, in every form that the key has", async () => {
    const [key] = await keyRing().publishedKeys(NOW);
    if (!key) throw new Error("There is no key.");
    const signed = `${base64url({ ...header, alg: "HS256" })}.${part(1)}`;
    const spki = key.publicKey.export({ type: "spki", format: "pem" });
    const der = key.publicKey.export({ type: "spki", format: "der" });
    for (const secret of [spki, String(spki).trim(), der, JSON.stringify(key.jwk), key.jwk.x]) {
      const mac = createHmac("sha256", secret).update(signed).digest("base64url");
      expect(await verifyAccessToken(`${signed}.${mac}`, NOW)).toEqual(INVALID);
    }
  });

  it("refuses another key, under its own name, under ours, and brought along in the header", async () => {
    const forger = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const jwk = { ...(await exportJWK(createPublicKey(forger.privateKey))) };
    const forge = (changed: Record<string, unknown>) =>
      new SignJWT(claims as never).setProtectedHeader({ ...header, ...changed } as never).sign(forger.privateKey);

    const kids = ["x".repeat(43), "../../etc/passwd", "' OR 1=1 --", "", header.kid];
    const bait = { jku: "http://127.0.0.1:1/jwks.json", x5u: "http://127.0.0.1:1/x", jwk, x5c: ["MIIB"] };
    const attempts = [
      ...kids.map((kid) => ({ kid })),
      ...Object.entries(bait).map(([name, value]) => ({ [name]: value })),
    ];
    for (const changed of attempts) {
      expect([changed, await verifyAccessToken(await forge(changed), NOW)]).toEqual([changed, INVALID]);
    }
  });

  it.each([
    ["an ID token", { typ: "JWT" }],
    ["a logout token", { typ: "logout+jwt" }],
    ["no type", { typ: undefined }],
    ["the same type spelled otherwise", { typ: "AT+JWT" }],
    ["a jku", { jku: "https://app.example.com/keys" }],
    ["an extension that must be understood", { crit: ["urn:example"], "urn:example": 1 }],
    ["a member more", { cty: "JWT" }],
  ])("refuses, even under our own key: %s in the header", async (_name, changed) => {
    expect(await verifyAccessToken(await signOurselves({}, changed), NOW)).toEqual(INVALID);
  });

  it.each([
    ["another issuer", { iss: "https://evil.example" }],
    ["an issuer that begins like ours", { iss: "http://localhost:3000.evil.example" }],
    ["another audience", { aud: "https://other.example" }],
    ["an audience among others", { aud: ["http://localhost:3000", "https://other.example"] }],
    ["another client", { client_id: "other" }],
    ["no session", { sid: undefined }],
    ["no end", { exp: undefined }],
    ["an end in words", { exp: "2099-01-01" }],
    ["an end that isn't a number", { exp: "9999999999" }],
    ["no subject", { sub: undefined }],
    ["the claims of an ID token", { nonce: "n", at_hash: "h", client_id: undefined, sid: undefined }],
  ])("refuses, even under our own key: %s", async (_name, changed) => {
    expect(await verifyAccessToken(await signOurselves(changed), NOW)).toEqual(INVALID);
  });

  it("refuses a token with any character changed", async () => {
    for (let index = 0; index < token.length; index += 7) {
      const other = token[index] === "A" ? "B" : "A";
      expect(await verifyAccessToken(token.slice(0, index) + other + token.slice(index + 1), NOW)).toEqual(INVALID);
    }
  });

  it("refuses another spelling of the same signature", async () => {
    const last = token.at(-1) ?? "";
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const twin = alphabet[alphabet.indexOf(last) ^ 1] ?? "";
    const respelled = token.slice(0, -1) + twin;

    expect(Buffer.from(respelled.split(".")[2] ?? "", "base64url")).toEqual(Buffer.from(part(2), "base64url"));
    expect(await verifyAccessToken(respelled, NOW)).toEqual(INVALID);
  });

  it("refuses a signature in DER, and one of zeroes", async () => {
    const signed = `${part(0)}.${part(1)}`;
    for (const signature of [
      Buffer.alloc(64),
      Buffer.alloc(72, 0x30),
      Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32)]),
    ]) {
      expect(await verifyAccessToken(`${signed}.${signature.toString("base64url")}`, NOW)).toEqual(INVALID);
    }
  });

  it("refuses what is no token, quickly, however long", async () => {
    const long = "A".repeat(100 * 1024);
    const rubbish = [
      "",
      ".",
      "..",
      "...",
      "%",
      "%00",
      "null",
      "a.b.c",
      token.slice(0, -1),
      token.slice(0, 200),
      `${token}.x`,
    ];
    const padded = [`${token} `, ` ${token}`, `${token}=`, `${token}\n`, long, `${part(0)}.${long}.${part(2)}`];
    const started = performance.now();
    for (const text of [...rubbish, ...padded, `${"a.".repeat(50_000)}`]) {
      expect([text.slice(0, 20), await verifyAccessToken(text, NOW)]).toEqual([text.slice(0, 20), INVALID]);
    }
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("takes no session cookie for an access token, and no access token for a session cookie", async () => {
    const cookie = sealSessionCookie({
      ...SESSION,
      ...{
        win: AT + 900,
        remember: false,
        email: "ada@example.com",
        name: null,
        picture: null,
        iat: AT,
        exp: AT + 900,
      },
    });

    expect(openSessionCookie(cookie, NOW)).not.toBeNull();
    expect(await verifyAccessToken(cookie, NOW)).toEqual(INVALID);
    expect(openSessionCookie(token, NOW)).toBeNull();
  });
});
