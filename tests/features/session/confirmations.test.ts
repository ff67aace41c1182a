import { afterEach, describe, expect, it, vi } from "vitest";

import { Confirmations } from "@/features/session/confirmations";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { installInstances, on } from "../../support/instances";
import { newInstance, newSession, rowOf } from "./person";

useDatabase();
installInstances();
afterEach(() => vi.useRealTimers());

/** A session whose row is at a generation that nobody has shown yet. */
async function unconfirmed(generation = 3) {
  const claims = await newSession();
  const data = { generation, confirmedGeneration: generation - 1 };
  await db().session.update({ where: { id: claims.sid }, data, select: { id: true } });
  return claims;
}
const confirmedOf = async (sid: string) => (await rowOf({ sid })).confirmedGeneration;

describe("Confirmations", () => {
  it("writes what was noted, within 50 ms and in one statement", async () => {
    const sessions = [await unconfirmed(), await unconfirmed(), await unconfirmed()];
    const confirmations = new Confirmations();
    for (const { sid } of sessions) confirmations.note(sid, 3);

    await vi.waitFor(async () => {
      expect(await Promise.all(sessions.map(({ sid }) => confirmedOf(sid)))).toEqual([3, 3, 3]);
    });
  });

  it("writes one generation once, however often it is presented", async () => {
    const instance = newInstance("A");
    const { sid } = await unconfirmed();
    const statements = vi.spyOn(instance.client, "$executeRaw");
    await on(instance, async () => {
      for (let request = 0; request < 100; request++) instance.confirmations.note(sid, 3);
      await instance.confirmations.flush();
      instance.confirmations.note(sid, 3);
      await instance.confirmations.flush();
    });

    expect(statements).toHaveBeenCalledTimes(1);
    expect(await confirmedOf(sid)).toBe(3);
    await instance.client.$disconnect();
  });

  it("writes nothing for the first generation, which nobody can have superseded", async () => {
    const instance = newInstance("A");
    const statements = vi.spyOn(instance.client, "$executeRaw");
    instance.confirmations.note((await newSession()).sid, 0);
    await on(instance, () => instance.confirmations.flush());

    expect(statements).not.toHaveBeenCalled();
    await instance.client.$disconnect();
  });

  it("never moves a note backwards, and never past the row", async () => {
    const { sid } = await unconfirmed(3);
    const confirmations = new Confirmations();
    for (const [generation, expected] of [
      [4, 2],
      [3, 3],
      [2, 3],
    ] as const) {
      confirmations.note(sid, generation);
      await confirmations.flush();
      expect(await confirmedOf(sid)).toBe(expected);
    }
  });

  it("keeps the newest of several generations that wait", async () => {
    const { sid } = await unconfirmed(3);
    const confirmations = new Confirmations();
    confirmations.note(sid, 3);
    confirmations.note(sid, 1);
    await confirmations.flush();

    expect(await confirmedOf(sid)).toBe(3);
  });

  it("writes with the next note what a failure has kept from being written, and throws nothing", async () => {
    const instance = newInstance("A");
    const { sid } = await unconfirmed();
    await on(instance, async () => {
      instance.weather = "away";
      instance.confirmations.note(sid, 3);
      await instance.confirmations.flush();
      instance.weather = "up";
      await instance.confirmations.flush();
      expect(await confirmedOf(sid)).toBe(2);
      instance.confirmations.note(sid, 3);
      await instance.confirmations.flush();
    });

    expect(await confirmedOf(sid)).toBe(3);
    await instance.client.$disconnect();
  });
});
