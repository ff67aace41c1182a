import { createCipheriv, createHmac, hkdfSync } from "node:crypto";
import fc from "fast-check";
import { base64url, EncryptJWT } from "jose";
import { decode, encode } from "next-auth/jwt";
import { describe, expect, it } from "vitest";

import { openJwe, sealJwe } from "@/lib/crypto/direct-jwe";

const SALT = "authjs.session-token";
const SECRET = "only-for-tests-5hUq0cVt2nXb8Lm4Rz7Y";
const OTHER_SECRET = "only-for-tests-9kDw3sPg6jTe1Ba8Mx4Z";
const claims = { sub: "a1b2", name: "Zoë 🗝️", roles: ["admin"], gen: 7, iat: 1_767_268_800, exp: 4_102_444_800 };

const token = () => sealJwe(claims, SECRET, SALT);
const parts = (of = token()) => of.split(".") as [string, string, string, string, string];
const open = (value: string, secrets = [SECRET], salt = SALT) => openJwe(value, secrets, salt);

describe("sealJwe", () => {
  it("makes what Auth.js opens", async () => {
    expect(await decode({ token: token(), secret: SECRET, salt: SALT })).toEqual(claims);
  });

  it("makes another token each time, of five parts and no encrypted key", () => {
    const [first, second] = [parts(), parts()];

    expect(first).toHaveLength(5);
    expect(first[1]).toBe("");
    expect(first[0]).toBe(second[0]);
    expect(first[2]).not.toBe(second[2]);
    expect(first[3]).not.toBe(second[3]);
  });
});

describe("openJwe", () => {
  it("opens its own", () => {
    expect(open(token())).toEqual(claims);
  });

  it("opens what Auth.js makes", async () => {
    const made = await encode({ token: { sub: "a1b2", sid: "s" }, secret: SECRET, salt: SALT });

    expect(open(made)).toMatchObject({ sub: "a1b2", sid: "s" });
  });

  it("opens under any secret of the list, as Auth.js does", async () => {
    const made = await encode({ token: { sub: "a1b2" }, secret: [OTHER_SECRET, SECRET], salt: SALT });

    expect(open(made, [SECRET, OTHER_SECRET])).toMatchObject({ sub: "a1b2" });
    expect(open(token(), [OTHER_SECRET, SECRET])).toEqual(claims);
    expect(await decode({ token: token(), secret: [OTHER_SECRET, SECRET], salt: SALT })).toEqual(claims);
  });

  it("refuses another secret, another salt, and no secret at all", () => {
    expect(open(token(), [OTHER_SECRET])).toBeNull();
    expect(open(token(), [SECRET], `__Host-${SALT}`)).toBeNull();
    expect(open(token(), [])).toBeNull();
  });

  it("refuses any bit flipped, in every part", () => {
    const value = token();
    const accepted: string[] = [];
    for (let at = 0; at < value.length; at++) {
      for (const bit of [1, 2, 4, 8, 16, 32, 64]) {
        const flipped = value.slice(0, at) + String.fromCharCode(value.charCodeAt(at) ^ bit) + value.slice(at + 1);
        if (open(flipped) !== null) accepted.push(`bit ${bit} of character ${at}`);
      }
    }

    expect(accepted).toEqual([]);
  });

  it("refuses a token cut short anywhere, and parts too many, too few, or swapped", () => {
    const value = token();
    const [header, , iv, ciphertext, tag] = parts(value);
    const shortened = Array.from({ length: value.length }, (_, length) => value.slice(0, length));
    const rearranged = [
      `${value}.`,
      `${value}.${tag}`,
      `.${value}`,
      [header, iv, ciphertext, tag].join("."),
      [header, "", ciphertext, iv, tag].join("."),
      [header, "", iv, tag, ciphertext].join("."),
      [header, iv, iv, ciphertext, tag].join("."),
      [header, "", "", ciphertext, tag].join("."),
      [header, "", iv, "", tag].join("."),
      [header, "", iv, ciphertext, ""].join("."),
    ];

    expect([...shortened, ...rearranged].filter((altered) => open(altered) !== null)).toEqual([]);
  });

  it("refuses parts of two good tokens put together", () => {
    const [one, two] = [parts(), parts()];
    const mixed = [2, 3, 4].map((index) => one.with(index, two[index] ?? "").join("."));

    expect(mixed.map((value) => open(value))).toEqual([null, null, null]);
  });

  it("refuses every header but its own, before any key is used", () => {
    const [header, , ...rest] = parts();
    const ours = JSON.parse(Buffer.from(header, "base64url").toString()) as Record<string, unknown>;
    const others: Record<string, unknown>[] = [
      { ...ours, kid: "another" },
      { alg: ours["alg"], enc: ours["enc"] },
      { ...ours, alg: "none" },
      { ...ours, alg: "A256KW" },
      { ...ours, alg: "PBES2-HS256+A128KW", p2c: 2_000_000_000, p2s: "AAAA" },
      { ...ours, enc: "A256GCM" },
      { ...ours, enc: "A128CBC-HS256" },
      { ...ours, zip: "DEF" },
      { ...ours, crit: ["exp"] },
      { ...ours, jku: "https://attacker.example/keys" },
      { kid: ours["kid"], enc: ours["enc"], alg: ours["alg"] },
    ];
    const forged = others.map((other) => [base64url.encode(JSON.stringify(other)), "", ...rest].join("."));

    expect(forged.filter((value) => open(value) !== null)).toEqual([]);
  });

  it("refuses a token of the right key whose header says more, though its tag is right", async () => {
    const key = deriveLikeAuthJs(SALT);
    const kid = JSON.parse(Buffer.from(parts()[0], "base64url").toString())["kid"] as string;
    const made = await new EncryptJWT({ sub: "a1b2" })
      .setProtectedHeader({ alg: "dir", enc: "A256CBC-HS512", kid, typ: "JWT" })
      .encrypt(key);

    expect(open(made)).toBeNull();
  });

  it("refuses a second spelling of the same bytes", () => {
    const [header, empty, iv, ciphertext, tag] = parts();
    // 32 bytes leave two unused bits in the last of 43 characters.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const twin = tag.slice(0, -1) + alphabet[alphabet.indexOf(tag.slice(-1)) ^ 1];
    const spellings = [twin, `${tag}=`, `${tag} `, `${tag}\n`, ` ${tag}`, `${tag.slice(0, 20)}*${tag.slice(20)}`];

    expect(Buffer.from(twin, "base64url")).toEqual(Buffer.from(tag, "base64url"));
    for (const spelling of spellings) {
      expect(open([header, empty, iv, ciphertext, spelling].join("."))).toBeNull();
    }
  });

  it("refuses 100 KB without a look at it", () => {
    const [header, , iv, , tag] = parts();

    expect(open([header, "", iv, "A".repeat(100_000), tag].join("."))).toBeNull();
    expect(open("A".repeat(100_000))).toBeNull();
    expect(open(".".repeat(100_000))).toBeNull();
  });

  it("refuses authentic content that is no object", () => {
    expect(openJwe(sealJwe(null as unknown as object, SECRET, SALT), [SECRET], SALT)).toBeNull();
    expect(openJwe(sealJwe("text" as unknown as object, SECRET, SALT), [SECRET], SALT)).toBeNull();
  });

  it("never throws, whatever it is given", () => {
    const [header, , iv, ciphertext, tag] = parts();
    const part = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString("base64url")),
      fc.constantFrom(header, "", iv, ciphertext, tag),
    );
    const tokens = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(part, { maxLength: 7 }).map((some) => some.join(".")),
    );

    fc.assert(
      fc.property(tokens, (value) => {
        fc.pre(value.split(".").slice(2).join(".") !== [iv, ciphertext, tag].join("."));
        return open(value) === null;
      }),
      { numRuns: 5_000 },
    );
  });

  it("opens whatever was sealed", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
        expect(open(sealJwe(content, SECRET, SALT))).toEqual(JSON.parse(JSON.stringify(content)));
      }),
      { numRuns: 500 },
    );
  });

  it("authenticates as RFC 7518 section 5.2.2.1 says, which its appendix B.3 shows by numbers", () => {
    const bytes = Buffer.from(Array.from({ length: 64 }, (_, index) => index));
    const macKey = bytes.subarray(0, 32);
    const aad = Buffer.from("The second principle of Auguste Kerckhoffs");
    const iv = Buffer.from("1af38c2dc2b96ffdd86694092341bc04", "hex");
    const ciphertext = Buffer.from(B3_CIPHERTEXT, "hex");

    const cipher = createCipheriv("aes-256-cbc", bytes.subarray(32), iv);
    expect(cipher.update(B3_PLAINTEXT, "utf8", "hex") + cipher.final("hex")).toBe(B3_CIPHERTEXT);
    expect(tagOf(macKey, aad, iv, ciphertext).toString("hex")).toBe(B3_TAG);
    // And a token of ours has the tag that the same lines give.
    const [header, , iv64, ciphertext64, tag64] = parts();
    const ours = deriveLikeAuthJs(SALT).subarray(0, 32);
    const fields = [
      Buffer.from(header),
      Buffer.from(iv64, "base64url"),
      Buffer.from(ciphertext64, "base64url"),
    ] as const;
    expect(tagOf(Buffer.from(ours), ...fields).toString("base64url")).toBe(tag64);
  });
});

const B3_PLAINTEXT =
  "A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy without inconvenience";
const B3_CIPHERTEXT =
  "4affaaadb78c31c5da4b1b590d10ffbd3dd8d5d302423526912da037ecbcc7bd822c301dd67c373bccb584ad3e9279c2e6d12a1374b77f077553df829410446b" +
  "36ebd97066296ae6427ea75c2e0846a11a09ccf5370dc80bfecbad28c73f09b3a3b75e662a2594410ae496b2e2e6609e31e6e02cc837f053d21f37ff4f51950b" +
  "be2638d09dd7a4930930806d0703b1f6";
const B3_TAG = "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5";

/** The construction in the RFC's own words: HMAC-SHA-512 over A, IV, E and AL, and the first half of it. */
function tagOf(macKey: Buffer, aad: Buffer, iv: Buffer, ciphertext: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(aad.length * 8));
  const mac = createHmac("sha512", macKey).update(Buffer.concat([aad, iv, ciphertext, length]));
  return mac.digest().subarray(0, 32);
}

/** Auth.js's derivation, from its documentation's side: HKDF-SHA-256 with the cookie's name as salt. */
function deriveLikeAuthJs(salt: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", SECRET, salt, `Auth.js Generated Encryption Key (${salt})`, 64));
}
