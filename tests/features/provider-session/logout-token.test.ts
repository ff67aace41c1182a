import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";

import { type LogoutTokenExpectations, verifyLogoutToken } from "@/features/provider-session/logout-token";
import { addSeconds, epochSeconds } from "@/lib/clock";

const now = new Date("2026-01-01T12:00:00.000Z");
const seconds = (offset: number) => epochSeconds(addSeconds(now, offset));
const EVENT = "http://schemas.openid.net/event/backchannel-logout";
const CLAIMS = {
  ...{ iss: "https://issuer.example", aud: "latchkey", iat: seconds(0), exp: seconds(120), jti: "one" },
  ...{ sub: "ada", sid: "their-session", events: { [EVENT]: {} } },
};

let expectations: LogoutTokenExpectations;
let privateKey: CryptoKey;
let strangersKey: CryptoKey;

beforeAll(async () => {
  const own = await generateKeyPair("RS256");
  privateKey = own.privateKey;
  strangersKey = (await generateKeyPair("RS256")).privateKey;
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(own.publicKey)), kid: "k", alg: "RS256" }] });
  expectations = { issuer: "https://issuer.example", clientId: "latchkey", keys };
});

/** A token as an issuer would send it, but for what is changed; undefined leaves a claim out. */
function sign(changes: Record<string, unknown> = {}, header: Record<string, unknown> = {}, key = privateKey) {
  const claims = Object.fromEntries(
    Object.entries({ ...CLAIMS, ...changes }).filter(([, value]) => value !== undefined),
  );
  const protectedHeader = { alg: "RS256", kid: "k", typ: "logout+jwt", ...header };
  return new SignJWT(claims as JWTPayload).setProtectedHeader(protectedHeader).sign(key);
}

const verify = async (token: string | Promise<string>) => verifyLogoutToken(await token, expectations, now);
const REFUSED = { ok: false, refusal: "invalid_logout_token" };

describe("verifyLogoutToken", () => {
  it("reads whose sessions are to end, and until when the token has to be remembered", async () => {
    expect(await verify(sign())).toEqual({
      ok: true,
      value: {
        ...{ subject: "ada", providerSessionId: "their-session", tokenId: "one" },
        expiresAt: new Date("2026-01-01T12:05:15.000Z"),
      },
    });
    expect(await verify(sign({ sub: undefined }))).toMatchObject({ value: { subject: null } });
    expect(await verify(sign({ sid: undefined }))).toMatchObject({ value: { providerSessionId: null } });
  });

  it("takes it for one without a type, and with the type's long form", async () => {
    expect(await verify(sign({}, { typ: undefined }))).toMatchObject({ ok: true });
    expect(await verify(sign({}, { typ: "application/logout+jwt" }))).toMatchObject({ ok: true });
  });

  it.each<[string, Record<string, unknown>]>([
    ["of another issuer", { iss: "https://evil.example" }],
    ["for another client", { aud: "somebody-else" }],
    ["without an audience", { aud: undefined }],
    ["without a time", { iat: undefined }],
    ["without an end", { exp: undefined }],
    ["without an id", { jti: undefined }],
    ["that has expired", { iat: seconds(-200), exp: seconds(-16) }],
    ["that is long-lived and old", { iat: seconds(-316), exp: seconds(86_400) }],
    ["from the future", { iat: seconds(16), exp: seconds(120) }],
    ["with a nonce, as an ID token has one", { nonce: "n" }],
    ["without events", { events: undefined }],
    ["with another event", { events: { "http://schemas.openid.net/event/other": {} } }],
    ["with an event that is no object", { events: { [EVENT]: true } }],
    ["about nobody", { sub: undefined, sid: undefined }],
    ["about an empty session", { sid: "" }],
    ["about something that is no text", { sub: 7 }],
  ])("refuses one %s (A67)", async (_what, changes) => {
    expect(await verify(sign(changes))).toEqual(REFUSED);
  });

  it.each(["JWT", "at+jwt", "dpop+jwt", ""])("refuses one of type %j (A67)", async (typ) => {
    expect(await verify(sign({}, { typ }))).toEqual(REFUSED);
  });

  it("refuses what the issuer did not sign: another key, none, the client's secret, an altered payload (A67)", async () => {
    const secret = new TextEncoder().encode("latchkey-client-secret-of-32-bytes");
    const [header = "", , signature = ""] = (await sign()).split(".");
    const altered = Buffer.from(JSON.stringify({ ...CLAIMS, sub: "bob" })).toString("base64url");
    for (const token of [
      await sign({}, {}, strangersKey),
      await sign({}, { kid: "unknown" }),
      new UnsecuredJWT(CLAIMS).encode(),
      await new SignJWT(CLAIMS).setProtectedHeader({ alg: "HS256", typ: "logout+jwt" }).sign(secret),
      `${header}.${altered}.${signature}`,
      ...["", "x", "a.b.c"],
    ]) {
      expect(await verify(token)).toEqual(REFUSED);
    }
  });

  it("decides nothing while the keys are away", async () => {
    const keys = () => Promise.reject(new TypeError("fetch failed"));
    await expect(verifyLogoutToken(await sign(), { ...expectations, keys }, now)).rejects.toThrow("fetch failed");
  });
});
