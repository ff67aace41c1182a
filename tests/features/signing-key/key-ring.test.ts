import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it, vi } from "vitest";

import type { KeyState } from "@/features/signing-key/data";
import { KeyRing } from "@/features/signing-key/key-ring";
import type { LoadedKeys } from "@/features/signing-key/load-keys";

const NOW = new Date("2026-03-01T12:00:00Z");
const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = { kty: "EC", crv: "P-256", x: "x", y: "y" } as const;

function loaded(...keys: [kid: string, state: KeyState][]): LoadedKeys {
  return {
    signing: { kid: keys[0]?.[0] ?? "", privateKey },
    published: new Map(keys.map(([kid, state]) => [kid, { kid, state, jwk, publicKey }])),
  };
}

function newRing(first: LoadedKeys) {
  const database = { answer: first, away: false, nowMs: 0 };
  const load = vi.fn(async () => {
    if (database.away) throw new Error("away");
    return database.answer;
  });
  return { database, load, ring: new KeyRing({ load, nowMs: () => database.nowMs }) };
}

describe("KeyRing", () => {
  it("reads once for all that ask within 30 seconds, at once or one after the other", async () => {
    const { ring, load, database } = newRing(loaded(["a", "current"]));

    const asked = await Promise.all(Array.from({ length: 50 }, () => ring.signingKey(NOW)));
    expect(asked.map(({ kid }) => kid)).toEqual(Array.from({ length: 50 }, () => "a"));
    database.nowMs = 29_999;
    await ring.publicKey("a", NOW);
    expect(load).toHaveBeenCalledTimes(1);
    database.nowMs = 30_000;
    await ring.signingKey(NOW);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("finds another instance's new key when its name turns up", async () => {
    const { ring, database } = newRing(loaded(["a", "current"]));
    await ring.signingKey(NOW);
    database.answer = loaded(["b", "current"], ["a", "previous"]);
    database.nowMs = 1_000;

    expect(await ring.publicKey("b", NOW)).toBe(publicKey);
    expect((await ring.signingKey(NOW)).kid).toBe("b");
  });

  it("asks the database once a second at most, however many unknown names flood in", async () => {
    const { ring, load, database } = newRing(loaded(["a", "current"]));
    for (let second = 0; second < 5; second++) {
      for (let part = 0; part < 200; part++) {
        database.nowMs = second * 1000 + part * 5;
        expect(await ring.publicKey(`forged-${second}-${part}`, NOW)).toBeNull();
      }
    }

    expect(load).toHaveBeenCalledTimes(5);
  });

  it("goes on with the keys it knows while the database is away, and asks every two seconds", async () => {
    const { ring, load, database } = newRing(loaded(["a", "current"]));
    await ring.signingKey(NOW);
    Object.assign(database, { away: true, nowMs: 30_000 });

    expect(await ring.publicKey("a", NOW)).toBe(publicKey);
    database.nowMs = 31_999;
    expect((await ring.signingKey(NOW)).kid).toBe("a");
    expect(load).toHaveBeenCalledTimes(2);
    Object.assign(database, { away: false, nowMs: 32_000, answer: loaded(["b", "current"]) });
    expect((await ring.signingKey(NOW)).kid).toBe("b");
  });

  it("doesn't call a key unknown that it couldn't look for", async () => {
    const { ring, database } = newRing(loaded(["a", "current"]));
    await ring.signingKey(NOW);
    Object.assign(database, { away: true, nowMs: 5_000 });

    await expect(ring.publicKey("b", NOW)).rejects.toThrow("away");
  });

  it("fails as long as it has never read a key, and tries anew each time", async () => {
    const { ring, database } = newRing(loaded(["a", "current"]));
    database.away = true;

    await expect(ring.signingKey(NOW)).rejects.toThrow("away");
    database.away = false;
    expect((await ring.signingKey(NOW)).kid).toBe("a");
  });

  it("names the key that signs first, then the one that will, then those that did", async () => {
    const { ring } = newRing(loaded(["old", "previous"], ["new", "next"], ["now", "current"]));

    expect((await ring.publishedKeys(NOW)).map(({ kid }) => kid)).toEqual(["now", "new", "old"]);
  });
});
