import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";

import { announceInstance } from "@/features/instance/announce-instance";
import { beat } from "@/features/instance/data";
import { chooseSealingSecret, sealingSecret, secretIds } from "@/lib/crypto/sealing-secret";
import { useDatabase } from "../../support/database";

const NEW = "new-secret-0123456789-abcdefghijklmnopqr";
const OLD = "old-secret-9876543210-zyxwvutsrqponmlkji";
process.env["AUTH_SECRET"] = `${NEW},${OLD}`;
const database = useDatabase();

const newId = () => secretIds()[0] ?? "";
const oldId = () => secretIds()[1] ?? "";

beforeEach(async () => {
  await database.query("DELETE FROM instances");
  chooseSealingSecret([]);
});

describe("chooseSealingSecret", () => {
  it("takes the newest where every instance has it", () => {
    chooseSealingSecret([[newId(), oldId()], [newId()]]);

    expect(sealingSecret()).toBe(NEW);
  });

  it("keeps to the old one while one instance knows no other", () => {
    chooseSealingSecret([[newId(), oldId()], [oldId()]]);

    expect(sealingSecret()).toBe(OLD);
  });

  it("takes the newest where there is none in common", () => {
    chooseSealingSecret([["unknown"]]);

    expect(sealingSecret()).toBe(NEW);
  });
});

describe("announceInstance", () => {
  it("seals with the old secret from the first request on, beside an instance that has only that", async () => {
    await beat(randomUUID(), [oldId()]);
    const signOff = await announceInstance();

    expect(sealingSecret()).toBe(OLD);
    await signOff();
  });

  it("takes no notice of an instance that has been silent for half a minute", async () => {
    await beat(randomUUID(), [oldId()]);
    await database.query("UPDATE instances SET seen_at = now() - interval '31 seconds'");
    const signOff = await announceInstance();

    expect(sealingSecret()).toBe(NEW);
    await signOff();
  });

  it("waits before serving when another instance has a secret that it lacks", async () => {
    await beat(randomUUID(), [newId(), oldId(), "newer"]);
    const startedAt = Date.now();
    const signOff = await announceInstance();

    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(6_000);
    await signOff();
  });

  it("leaves no row behind when it signs off", async () => {
    const signOff = await announceInstance();
    await signOff();

    expect(await database.query("SELECT id FROM instances")).toEqual([]);
  });
});
