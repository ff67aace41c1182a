import { hashSync } from "@node-rs/argon2";
import bcrypt from "bcryptjs";
import { describe, expect, it } from "vitest";

import { withEnvironment } from "./with-environment";

const PASSPHRASE = "a kettle sings at dawn";
const OLD_SECRET = "old-secret-5Kd8Wq3Nz7Hb1Xv6Ty9Rm";
const NEW_SECRET = "new-secret-2Jf4Ls6Pg8Cu0Ea3Io5Ub";

const RIGHT = { valid: true, needsUpgrade: false };
const RIGHT_BUT_OLD = { valid: true, needsUpgrade: true };
const WRONG = { valid: false, needsUpgrade: false };

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

describe("verifyPassword", () => {
  it.each(["bcrypt", "argon2id"] as const)("tells the right password from a wrong one with %s", async (algorithm) => {
    const { hashPassword, verifyPassword } = await withEnvironment({ PASSWORD_HASH: algorithm });
    const stored = await hashPassword(PASSPHRASE);
    expect(await verifyPassword(PASSPHRASE, stored)).toEqual(RIGHT);
    expect(await verifyPassword("a kettle sings at dusk", stored)).toEqual(WRONG);
    expect(await verifyPassword("", stored)).toEqual(WRONG);
  });

  it.each([
    ["bcrypt", "argon2id"],
    ["argon2id", "bcrypt"],
  ] as const)("asks for an upgrade after a move from %s to %s", async (before, after) => {
    const stored = await (await withEnvironment({ PASSWORD_HASH: before })).hashPassword(PASSPHRASE);
    const { hashPassword, verifyPassword } = await withEnvironment({ PASSWORD_HASH: after });
    expect(await verifyPassword(PASSPHRASE, stored)).toEqual(RIGHT_BUT_OLD);
    expect(await verifyPassword("wrong", stored)).toEqual(WRONG);
    expect(await verifyPassword(PASSPHRASE, await hashPassword(PASSPHRASE))).toEqual(RIGHT);
  });

  it("takes a hash made under an older secret, and asks for an upgrade", async () => {
    const stored = await (await withEnvironment({ AUTH_SECRET: OLD_SECRET })).hashPassword(PASSPHRASE);
    const { verifyPassword } = await withEnvironment({ AUTH_SECRET: `${NEW_SECRET},${OLD_SECRET}` });
    expect(await verifyPassword(PASSPHRASE, stored)).toEqual(RIGHT_BUT_OLD);
    expect(await verifyPassword("wrong", stored)).toEqual(WRONG);
  });

  it("takes no password for a hash whose secret is gone", async () => {
    const stored = await (await withEnvironment({ AUTH_SECRET: OLD_SECRET })).hashPassword(PASSPHRASE);
    const { verifyPassword } = await withEnvironment({ AUTH_SECRET: NEW_SECRET });
    expect(await verifyPassword(PASSPHRASE, stored)).toEqual(WRONG);
  });

  it("asks for an upgrade of our own hash at another cost", async () => {
    const { hashPassword, verifyPassword, keyId } = await withEnvironment({});
    const { pepperPassword } = await import("@/features/password/pepper-password");
    const { keysFor } = await import("@/lib/crypto/keys");
    const [key] = keysFor("password-pepper");
    const cost10 = `lk1$bcrypt$${keyId}${bcrypt.hashSync(pepperPassword(PASSPHRASE, key), 10)}`;
    expect(await verifyPassword(PASSPHRASE, cost10)).toEqual(RIGHT_BUT_OLD);
    expect(await verifyPassword("wrong", cost10)).toEqual(WRONG);
    expect(await verifyPassword(PASSPHRASE, await hashPassword(PASSPHRASE))).toEqual(RIGHT);
  });

  it.each(["$2a$", "$2b$", "$2y$"])("takes an imported %s hash, and asks for an upgrade", async (prefix) => {
    const { verifyPassword } = await withEnvironment({});
    const imported = bcrypt.hashSync(PASSPHRASE, 10).replace("$2b$", prefix);
    expect(await verifyPassword(PASSPHRASE, imported)).toEqual(RIGHT_BUT_OLD);
    expect(await verifyPassword("wrong", imported)).toEqual(WRONG);
  });

  it("takes an imported bcrypt hash of cost 12 for outdated too, since it has no pepper", async () => {
    const { verifyPassword } = await withEnvironment({});
    expect(await verifyPassword(PASSPHRASE, bcrypt.hashSync(PASSPHRASE, 12))).toEqual(RIGHT_BUT_OLD);
  });

  it("takes an imported argon2id hash, and asks for an upgrade", async () => {
    const { verifyPassword } = await withEnvironment({ PASSWORD_HASH: "argon2id" });
    const imported = hashSync(PASSPHRASE, { memoryCost: 8192, timeCost: 3 });
    expect(await verifyPassword(PASSPHRASE, imported)).toEqual(RIGHT_BUT_OLD);
    expect(await verifyPassword("wrong", imported)).toEqual(WRONG);
  });

  it("refuses what an imported bcrypt hash would cut off: past 72 bytes, or with a NUL", async () => {
    const { verifyPassword } = await withEnvironment({});
    const imported = bcrypt.hashSync("x".repeat(72), 10);
    expect(await verifyPassword("x".repeat(72), imported)).toEqual(RIGHT_BUT_OLD);
    expect(await verifyPassword(`${"x".repeat(72)}B`, imported)).toEqual(WRONG);
    expect(await verifyPassword(`${"é".repeat(36)}B`, bcrypt.hashSync("é".repeat(36), 10))).toEqual(WRONG);
    expect(await verifyPassword("ab\0ab", bcrypt.hashSync("ab", 10))).toEqual(WRONG);
  });

  it.each([
    ["nothing", ""],
    ["the password itself", PASSPHRASE],
    ["a cut-off bcrypt hash", `$2b$12$${"a".repeat(52)}`],
    ["a bcrypt cost of hours", `$2b$17$${"a".repeat(53)}`],
    ["a bcrypt cost of nothing", `$2b$03$${"a".repeat(53)}`],
    ["an unknown bcrypt version", `$2x$12$${"a".repeat(53)}`],
    ["argon2i", `$argon2i$v=19$m=19456,t=2,p=1$${"a".repeat(22)}$${"a".repeat(43)}`],
    ["all of the memory", `$argon2id$v=19$m=999999,t=2,p=1$${"a".repeat(22)}$${"a".repeat(43)}`],
    ["no pass over the memory", `$argon2id$v=19$m=19456,t=0,p=1$${"a".repeat(22)}$${"a".repeat(43)}`],
    ["no lane", `$argon2id$v=19$m=19456,t=2,p=0$${"a".repeat(22)}$${"a".repeat(43)}`],
    ["less memory than the lanes need", `$argon2id$v=19$m=15,t=2,p=2$${"a".repeat(22)}$${"a".repeat(43)}`],
    ["one algorithm's name and another's hash", `lk1$argon2id$abcdefgh$2b$12$${"a".repeat(53)}`],
    ["no key id", `lk1$bcrypt$$2b$12$${"a".repeat(53)}`],
    ["a later format", `lk2$bcrypt$abcdefgh$2b$12$${"a".repeat(53)}`],
    ["a line break at the end", `$2b$12$${"a".repeat(53)}\n`],
  ])("throws on %s, without repeating it", async (_, stored) => {
    const { verifyPassword } = await withEnvironment({});
    await expect(verifyPassword(PASSPHRASE, stored)).rejects.toMatchObject({
      code: "password_hash_malformed",
      message: "A stored password hash is in no known format.",
    });
  });

  it.each(["bcrypt", "argon2id"] as const)("does the same work for an unknown account with %s", async (algorithm) => {
    const { hashPassword, verifyPassword } = await withEnvironment({ PASSWORD_HASH: algorithm });
    const stored = await hashPassword(PASSPHRASE);
    expect(await verifyPassword(PASSPHRASE, null)).toEqual(WRONG);

    const ratios: number[] = [];
    for (let round = 0; round < 5; round++) {
      const known = await millisecondsOf(() => verifyPassword("wrong", stored));
      const unknown = await millisecondsOf(() => verifyPassword("wrong", null));
      ratios.push(unknown / known);
    }
    const median = ratios.sort((a, b) => a - b)[2];
    expect(median).toBeGreaterThan(0.4);
    expect(median).toBeLessThan(2.5);
  });
});
