import { beforeEach, describe, expect, it } from "vitest";

import { renameAccount } from "@/features/account/rename-account";
import type { UserId } from "@/features/account/user-id";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";

useDatabase();

async function person(): Promise<UserId> {
  const user = await db().user.create({
    data: { email: "ada@x.test", emailVerified: new Date() },
    select: { id: true },
  });
  return user.id as UserId;
}

beforeEach(async () => {
  await db().user.deleteMany();
  await db().revocationFeedEntry.deleteMany();
});

describe("renameAccount", () => {
  it("trims the name, counts the change, and tells the other instances", async () => {
    const userId = await person();

    expect(await renameAccount(userId, "  Ada Lovelace ")).toEqual({ ok: true, value: null });
    expect(await db().user.findFirstOrThrow()).toMatchObject({ name: "Ada Lovelace", claimsVersion: 1 });
    expect(await db().revocationFeedEntry.findMany()).toMatchObject([{ userId, claimsVersion: 1, sessionId: null }]);
  });

  it.each(["", "   ", "x".repeat(101), "a\nb", "a\u202eb"])("refuses %j and changes nothing", async (name) => {
    expect(await renameAccount(await person(), name)).toEqual({ ok: false, refusal: "invalid_name" });
    expect(await db().user.findFirstOrThrow()).toMatchObject({ name: null, claimsVersion: 0 });
  });
});
