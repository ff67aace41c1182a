import { PrismaPg } from "@prisma/adapter-pg";
import { calculateJwkThumbprint } from "jose";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { KeyRing } from "@/features/signing-key/key-ring";
import { loadKeys } from "@/features/signing-key/load-keys";
import { thumbprint } from "@/features/signing-key/make-key";
import { tendKeys } from "@/features/signing-key/tend-keys";
import { addSeconds } from "@/lib/clock";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { log } from "@/lib/log";
import { useDatabase } from "../../support/database";

const T0 = new Date("2026-03-01T12:00:00Z");
const KID = /^[\w-]{43}$/;

const database = useDatabase();
const shared = globalThis as { latchkeyDatabase?: PrismaClient };

const states = async () =>
  (await database.query<{ id: string; state: string }>("SELECT id, state FROM signing_keys ORDER BY created_at")).map(
    ({ id, state }) => [id, state],
  );

beforeEach(async () => {
  await database.query("DELETE FROM signing_keys");
});

describe("tendKeys", () => {
  it("makes one first key, when two instances start at once", async () => {
    // Each instance has a client, and so connections, of its own; `db()` hands out whichever is set when it is called.
    const clients = [1, 2].map(
      () => new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 4 }) }),
    );
    const before = shared.latchkeyDatabase;
    const asked: ReturnType<typeof tendKeys>[] = [];
    for (let round = 0; round < 4; round++) {
      for (const client of clients) {
        shared.latchkeyDatabase = client;
        asked.push(tendKeys(T0));
      }
    }
    if (before) shared.latchkeyDatabase = before;
    else delete shared.latchkeyDatabase;
    const seen = await Promise.all(asked);
    await Promise.all(clients.map((client) => client.$disconnect()));

    expect(new Set(seen.flat().map(({ id, state }) => `${state} ${id}`)).size).toBe(1);
    expect(await states()).toEqual([[expect.stringMatching(KID), "current"]]);
  });

  it("names keys by their RFC 7638 thumbprint, as jose computes it", async () => {
    const [key] = await tendKeys(T0);
    if (!key) throw new Error("There is no key.");

    expect([key.id, thumbprint(key.publicJwk)]).toEqual(Array(2).fill(await calculateJwkThumbprint(key.publicJwk)));
  });

  it("keeps the private half sealed", async () => {
    await tendKeys(T0);
    const [row] = await database.query<{ public_jwk: object; sealed: string }>(
      "SELECT public_jwk, encode(sealed_private_jwk, 'escape') AS sealed FROM signing_keys",
    );

    expect(Object.keys(row?.public_jwk ?? {}).sort()).toEqual(["crv", "kty", "x", "y"]);
    expect(row?.sealed).not.toContain('"d"');
  });

  it("leads a key from next to current to previous to nothing, one step each, however many ask at once", async () => {
    const [first] = (await tendKeys(T0)).map(({ id }) => id);
    const rotate = () => tendKeys(T0, { kind: "rotate" });
    await Promise.all([rotate(), rotate(), rotate()]);
    const second = (await states())[1]?.[0];
    expect(await states()).toEqual([
      [first, "current"],
      [second, "next"],
    ]);

    const signsAt = addSeconds(T0, 630);
    await Promise.all([tendKeys(signsAt), tendKeys(signsAt)]);
    expect(await states()).toEqual([
      [first, "previous"],
      [second, "current"],
    ]);

    await tendKeys(addSeconds(signsAt, 644));
    expect((await states()).length).toBe(2);
    await tendKeys(addSeconds(signsAt, 645));
    expect(await states()).toEqual([[second, "current"]]);
  });

  it("replaces a leaked key once for all that ask, and leaves nothing of the old ones", async () => {
    const [first] = (await tendKeys(T0)).map(({ id }) => id);
    await tendKeys(T0, { kind: "rotate" });
    const leaked = { kind: "replace_leaked", kid: first ?? "" } as const;
    await Promise.all([tendKeys(T0, leaked), tendKeys(T0, leaked)]);

    const after = await states();
    expect(after).toEqual([[expect.stringMatching(KID), "current"]]);
    expect(after[0]?.[0]).not.toBe(first);
  });

  it("changes nothing when a step fails", async () => {
    const [first] = (await tendKeys(T0)).map(({ id }) => id);
    await database.query("ALTER TABLE signing_keys ADD CONSTRAINT one_key CHECK (state <> 'next')");
    await expect(tendKeys(T0, { kind: "rotate" })).rejects.toThrow();
    await database.query("ALTER TABLE signing_keys DROP CONSTRAINT one_key");

    expect(await states()).toEqual([[first, "current"]]);
  });
});

describe("loadKeys", () => {
  it("makes another key when no secret opens the current one any more, says so, and keeps the old one published", async () => {
    const [first] = (await tendKeys(T0)).map(({ id }) => id);
    // As if it had been sealed under a secret that is gone: the key id in the header is not one of ours.
    await database.query("UPDATE signing_keys SET sealed_private_jwk = set_byte(sealed_private_jwk, 3, 0)");
    const warn = vi.spyOn(log, "warn");

    const { signing, published } = await loadKeys(T0);
    expect(signing.kid).not.toBe(first);
    expect(new Map([...published.values()].map(({ kid, state }) => [kid, state]))).toEqual(
      new Map([
        [first, "previous"],
        [signing.kid, "current"],
      ]),
    );
    expect(warn.mock.calls.map(([fields]) => fields)).toEqual([{ event: "signing_key_lost", keyId: first }]);
  });

  it("replaces a lost key once, when many instances find it lost at once", async () => {
    await tendKeys(T0);
    await database.query("UPDATE signing_keys SET sealed_private_jwk = set_byte(sealed_private_jwk, 3, 0)");
    const loads = await Promise.all(Array.from({ length: 5 }, () => new KeyRing().signingKey(T0)));

    expect(new Set(loads.map(({ kid }) => kid)).size).toBe(1);
    expect((await states()).map(([, state]) => state).sort()).toEqual(["current", "previous"]);
  });

  it("takes an altered key for a lost one", async () => {
    const [first] = (await tendKeys(T0)).map(({ id }) => id);
    await database.query(
      "UPDATE signing_keys SET sealed_private_jwk = set_byte(sealed_private_jwk, 60, (get_byte(sealed_private_jwk, 60) + 1) % 256)",
    );

    expect((await loadKeys(T0)).signing.kid).not.toBe(first);
  });

  it("writes nothing when nothing is due", async () => {
    await loadKeys(T0);
    const version = "SELECT xmin::text AS version FROM signing_keys";
    const before = await database.query(version);
    await loadKeys(addSeconds(T0, 1));

    expect(await database.query(version)).toEqual(before);
  });
});
