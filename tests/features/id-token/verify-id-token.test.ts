import { createHash } from "node:crypto";
import { errors, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";
import { describe, expect, it } from "vitest";

import { type ExpectedIdToken, verifyIdToken } from "@/features/id-token/verify-id-token";
import { FALSE_CLAIMS, FORGERIES, HOSTILE_CLIENT } from "../../support/hostile-issuer";

const NOW = new Date("2026-03-01T12:00:00Z");
const ISSUED_AT = NOW.getTime() / 1000;
const ISSUER = "https://sign-in.example";
const KEYS = {
  RS256: await generateKeyPair("RS256"),
  ES384: await generateKeyPair("ES384"),
  EdDSA: await generateKeyPair("Ed25519"),
};
type Algorithm = keyof typeof KEYS;

const CLAIMS = { iss: ISSUER, aud: HOSTILE_CLIENT.id, sub: "248289761001", iat: ISSUED_AT, exp: ISSUED_AT + 300 };

const expected = (algorithm: Algorithm = "RS256"): ExpectedIdToken => ({
  issuer: ISSUER,
  clientId: HOSTILE_CLIENT.id,
  accessToken: "the access token",
  // As jose's set of keys does it: by the name that the header gives.
  keys: async ({ kid }) => {
    if (kid !== "k1") throw new errors.JWKSNoMatchingKey();
    return KEYS[algorithm].publicKey;
  },
});
const sign = (
  claims: Record<string, unknown>,
  algorithm: Algorithm = "RS256",
  header: Partial<JWTHeaderParameters> = {},
) => new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid: "k1", ...header }).sign(KEYS[algorithm].privateKey);
const verify = async (claims: Record<string, unknown>, algorithm: Algorithm = "RS256") =>
  verifyIdToken(await sign(claims, algorithm), expected(algorithm), NOW);
const refused = (refusal: string) => ({ ok: false, refusal });

/** The left half of a hash, as OpenID Connect Core, section 3.1.3.6, has it. */
function leftHalf(hash: string, token = "the access token"): string {
  const digest = createHash(hash).update(token).digest();
  return digest.subarray(0, digest.length / 2).toString("base64url");
}

// https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
describe("verifyIdToken (A63)", () => {
  it.each<[Algorithm, string]>([
    ["RS256", "sha256"],
    ["ES384", "sha384"],
    ["EdDSA", "sha512"],
  ])("believes what the issuer signed with %s", async (algorithm, hash) => {
    const claims = { ...CLAIMS, at_hash: leftHalf(hash) };
    expect(await verify(claims, algorithm)).toEqual({ ok: true, value: claims });
    expect(await verify({ ...CLAIMS, at_hash: leftHalf(hash, "another") }, algorithm)).toEqual(
      refused("id_token_access_token_hash"),
    );
  });

  it.each([
    ["the example of the standard", { aud: [HOSTILE_CLIENT.id] }],
    [
      "several audiences, and us as the authorized party",
      { aud: ["another", HOSTILE_CLIENT.id], azp: HOSTILE_CLIENT.id },
    ],
  ])("accepts %s", async (_name, claims) => {
    expect(await verify({ ...CLAIMS, ...claims })).toMatchObject({ ok: true });
  });

  it.each([
    ["algorithm none", "id_token_algorithm"],
    ["HS256 with the client secret", "id_token_algorithm"],
    ["a garbage signature", "id_token_signature"],
    ["an altered payload", "id_token_signature"],
    ["a key that the issuer doesn't publish", "id_token_key_unknown"],
    ["a key of its own in the header", "id_token_key_unknown"],
    ["no ID token", "id_token_malformed"],
  ])("refuses %s", async (forgery, refusal) => {
    const forged = await FORGERIES[forgery]?.(await sign(CLAIMS), CLAIMS);
    expect(await verifyIdToken(forged, expected(), NOW)).toEqual(refused(refusal));
  });

  it.each([
    ["nothing", undefined, "id_token_missing"],
    ["an object", { sub: "1" }, "id_token_missing"],
    ["what is no token", "not.a.token", "id_token_malformed"],
    ["an encrypted one", "a.b.c.d.e", "id_token_malformed"],
  ])("refuses %s", async (_name, idToken, refusal) => {
    expect(await verifyIdToken(idToken, expected(), NOW)).toEqual(refused(refusal));
  });

  it("refuses one with an extension that must be understood (RFC 7515, section 4.1.11)", async () => {
    const header = { crit: ["exp"], exp: 1 };
    const [, payload, signature] = (await sign(CLAIMS)).split(".");
    const critical = [Buffer.from(JSON.stringify({ alg: "RS256", kid: "k1", ...header })).toString("base64url")];
    expect(await verifyIdToken([...critical, payload, signature].join("."), expected(), NOW)).toMatchObject({
      ok: false,
    });
  });

  it.each([
    ["another issuer", "id_token_issuer"],
    ["no issuer", "id_token_issuer"],
    ["another audience", "id_token_audience"],
    ["no audience", "id_token_audience"],
    ["audiences without an authorized party", "id_token_authorized_party"],
    ["another authorized party", "id_token_authorized_party"],
    ["another authorized party beside our audience alone", "id_token_authorized_party"],
    ["no subject", "id_token_subject"],
    ["an empty subject", "id_token_subject"],
    ["no expiry", "id_token_expired"],
    ["an expiry that is past", "id_token_expired"],
    ["no time of issue", "id_token_issued_at"],
    ["a time of issue in the future", "id_token_issued_at"],
    ["a time of issue long ago", "id_token_issued_at"],
    ["a time before which it isn't valid", "id_token_not_yet_valid"],
    ["the hash of another access token", "id_token_access_token_hash"],
  ])("refuses %s", async (lie, refusal) => {
    expect(await verify(FALSE_CLAIMS[lie]?.(CLAIMS) ?? CLAIMS)).toEqual(refused(refusal));
  });

  it("compares the issuer letter by letter", async () => {
    for (const iss of [`${ISSUER}/`, ISSUER.toUpperCase(), "http://sign-in.example", `${ISSUER}.evil.example`]) {
      expect(await verify({ ...CLAIMS, iss })).toEqual(refused("id_token_issuer"));
    }
  });

  // https://openid.net/specs/openid-connect-core-1_0.html#IDToken: "sub … MUST NOT exceed 255 ASCII characters"
  it("takes a subject of 255 characters, and none of 256", async () => {
    expect(await verify({ ...CLAIMS, sub: "s".repeat(255) })).toMatchObject({ ok: true });
    expect(await verify({ ...CLAIMS, sub: "s".repeat(256) })).toEqual(refused("id_token_subject"));
  });

  it("lets clocks differ by a minute, and no second more", async () => {
    const iat = (seconds: number) => verify({ ...CLAIMS, iat: ISSUED_AT + seconds });
    const exp = (seconds: number) => verify({ ...CLAIMS, exp: ISSUED_AT + seconds });
    expect(await iat(60)).toMatchObject({ ok: true });
    expect(await iat(61)).toEqual(refused("id_token_issued_at"));
    expect(await iat(-660)).toMatchObject({ ok: true });
    expect(await iat(-661)).toEqual(refused("id_token_issued_at"));
    expect(await exp(-59)).toMatchObject({ ok: true });
    expect(await exp(-60)).toEqual(refused("id_token_expired"));
  });

  it("says nothing about a token when the keys can't be had", async () => {
    const away = { ...expected(), keys: () => Promise.reject(new TypeError("away")) };
    await expect(verifyIdToken(await sign(CLAIMS), away, NOW)).rejects.toThrow("away");
  });
});
