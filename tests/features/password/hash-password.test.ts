import { monitorEventLoopDelay } from "node:perf_hooks";
import bcrypt from "bcryptjs";
import { beforeAll, describe, expect, it } from "vitest";

import { hashPassword } from "@/features/password/hash-password";
import { verifyPassword } from "@/features/password/verify-password";
import { withEnvironment } from "./with-environment";

const PASSPHRASE = "a kettle sings at dawn";
const GOOD_LOOP_DELAY_MS = 100;

// One hash takes a core a third of a second: what the tests only compare with is made once.
let stored = "";
beforeAll(async () => {
  stored = await hashPassword(PASSPHRASE);
});

describe("hashPassword", () => {
  it("stores a self-describing bcrypt hash of cost 12 by default", () => {
    expect(stored).toMatch(/^lk1\$bcrypt\$[\w-]{8}\$2b\$12\$[./A-Za-z0-9]{53}$/);
  });

  it("stores argon2id with OWASP's parameters when the configuration says so", async () => {
    const { hashPassword } = await withEnvironment({ PASSWORD_HASH: "argon2id" });
    expect(await hashPassword(PASSPHRASE)).toMatch(
      /^lk1\$argon2id\$[\w-]{8}\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
  });

  it("salts: the same password never gives the same hash", async () => {
    expect(await hashPassword(PASSPHRASE)).not.toBe(stored);
  });

  it("peppers: whoever has only the table of hashes can't test a guess", () => {
    expect(bcrypt.compareSync(PASSPHRASE, stored.slice(stored.indexOf("$2b$")))).toBe(false);
  });

  it("reads past 72 bytes: another tail is another password", async () => {
    const stored = await hashPassword(`${"x".repeat(72)}A`);
    expect(await verifyPassword(`${"x".repeat(72)}B`, stored)).toEqual({ valid: false, needsUpgrade: false });
    expect(await verifyPassword(`${"x".repeat(72)}A`, stored)).toEqual({ valid: true, needsUpgrade: false });
  });

  it("reads past a NUL: what follows it counts", async () => {
    const stored = await hashPassword("abc\0x");
    expect(await verifyPassword("abc\0y", stored)).toEqual({ valid: false, needsUpgrade: false });
    expect(await verifyPassword("abc", stored)).toEqual({ valid: false, needsUpgrade: false });
    expect(await verifyPassword("abc\0x", stored)).toEqual({ valid: true, needsUpgrade: false });
  });

  it("takes composed and decomposed accents for the same password", async () => {
    const stored = await hashPassword("crème brûlée à Gérardmer".normalize("NFC"));
    expect(await verifyPassword("crème brûlée à Gérardmer".normalize("NFD"), stored)).toEqual({
      valid: true,
      needsUpgrade: false,
    });
  });

  it.each([
    ["a space before", ` ${PASSPHRASE}`],
    ["a space after", `${PASSPHRASE} `],
    ["another case", PASSPHRASE.toUpperCase()],
    ["typographic variants, which only the compatibility forms would unify", PASSPHRASE.replace("a", "ａ")],
  ])("keeps %s", async (_, variant) => {
    expect(await verifyPassword(variant, stored)).toEqual({ valid: false, needsUpgrade: false });
  });

  it("takes 64 emoji, and each of them counts", async () => {
    const emoji = Array.from({ length: 64 }, (_, index) => String.fromCodePoint(0x1f600 + ((index * 7) % 64)));
    const stored = await hashPassword(emoji.join(""));
    expect(await verifyPassword(emoji.join(""), stored)).toEqual({ valid: true, needsUpgrade: false });
    expect(await verifyPassword(emoji.with(63, "🦊").join(""), stored)).toEqual({ valid: false, needsUpgrade: false });
  });

  it("never holds up the event loop", async () => {
    let maxDelayMs = Number.POSITIVE_INFINITY;
    // Once out of five times: whatever else this machine is doing holds up a loop too, but one that hashed would be held up each time.
    for (let round = 0; round < 5 && maxDelayMs >= GOOD_LOOP_DELAY_MS; round++) {
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      await Promise.all(Array.from({ length: 4 }, () => hashPassword(PASSPHRASE)));
      delay.disable();
      maxDelayMs = delay.max / 1e6;
    }
    expect(maxDelayMs).toBeLessThan(GOOD_LOOP_DELAY_MS);
  });
});
