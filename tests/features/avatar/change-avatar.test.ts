import { beforeEach, describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { removeAvatar, setAvatar } from "@/features/avatar/change-avatar";
import { findAvatar } from "@/features/avatar/data";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { halves } from "./pictures";

useDatabase();

const ORIGIN = { ip: "192.0.2.1", userAgent: "Firefox" };

async function person(email = "ada@x.test", image: string | null = null): Promise<UserId> {
  const user = await db().user.create({ data: { email, image, emailVerified: new Date() }, select: { id: true } });
  return user.id as UserId;
}
const picture = () => halves(8, 8).as("png");
const imageOf = async (id: UserId) => (await db().user.findUniqueOrThrow({ where: { id } })).image;
const eventsOf = (userId: UserId) =>
  db().auditEvent.findMany({ where: { userId }, select: { kind: true, ip: true, userAgent: true, details: true } });

beforeEach(async () => {
  await db().user.deleteMany();
  await db().revocationFeedEntry.deleteMany();
});

describe("setAvatar", () => {
  it("stores the picture at an address that nobody guesses, tells all sessions, and the audit log", async () => {
    const userId = await person();

    expect(await setAvatar(userId, await picture(), ORIGIN)).toEqual({ ok: true, value: null });
    const image = (await imageOf(userId)) ?? "";
    expect(image).toMatch(/^\/avatars\/[\w-]{43}$/);
    expect(await findAvatar(image.slice("/avatars/".length))).toEqual({
      contentType: "image/webp",
      data: expect.any(Uint8Array),
    });
    expect(await db().revocationFeedEntry.findMany()).toMatchObject([{ userId, claimsVersion: 1 }]);
    expect(await eventsOf(userId)).toEqual([{ kind: "profile_changed", ...ORIGIN, details: { changed: "picture" } }]);
  });

  it("takes the place of the picture before, whose address leads nowhere then", async () => {
    const userId = await person();
    await setAvatar(userId, await picture(), ORIGIN);
    const before = (await imageOf(userId)) ?? "";
    await setAvatar(userId, await picture(), ORIGIN);

    expect(await imageOf(userId)).not.toBe(before);
    expect(await findAvatar(before.slice("/avatars/".length))).toBeNull();
    expect(await db().avatar.count()).toBe(1);
  });

  it("changes nothing when the file is refused", async () => {
    const userId = await person();

    expect(await setAvatar(userId, Buffer.from("<svg/>"), ORIGIN)).toEqual({ ok: false, refusal: "unsupported_type" });
    expect(await imageOf(userId)).toBeNull();
    expect(await eventsOf(userId)).toEqual([]);
  });

  it("leaves nothing behind for an account that is gone", async () => {
    const userId = await person();
    await db().user.deleteMany();

    expect(await setAvatar(userId, await picture(), ORIGIN)).toEqual({ ok: true, value: null });
    expect(await db().avatar.count()).toBe(0);
  });
});

describe("removeAvatar", () => {
  it("removes the picture and its address, of this person alone", async () => {
    const [ada, bob] = [await person(), await person("bob@x.test")];
    await setAvatar(ada, await picture(), ORIGIN);
    await setAvatar(bob, await picture(), ORIGIN);

    await removeAvatar(ada, ORIGIN);
    expect([await imageOf(ada), await imageOf(bob)]).toEqual([null, expect.stringMatching(/^\/avatars\//)]);
    expect(await db().avatar.findMany({ select: { userId: true } })).toEqual([{ userId: bob }]);
    expect(await db().user.findUnique({ where: { id: ada } })).toMatchObject({ claimsVersion: 2 });
  });

  it("forgets a provider's address too", async () => {
    const userId = await person("ada@x.test", "https://pictures.test/a.png");
    await removeAvatar(userId, ORIGIN);

    expect(await imageOf(userId)).toBeNull();
  });

  it("and setting at once end with a picture that has its address, or with neither", async () => {
    const userId = await person();
    const file = await picture();
    const set = () => setAvatar(userId, file, ORIGIN);
    const remove = () => removeAvatar(userId, ORIGIN);
    await Promise.all([set(), remove(), set(), remove(), set(), remove(), set(), remove()]);

    const stored = await db().avatar.findMany({ select: { version: true } });
    const image = await imageOf(userId);
    expect(stored.map(({ version }) => `/avatars/${version}`)).toEqual(image === null ? [] : [image]);
  });
});
