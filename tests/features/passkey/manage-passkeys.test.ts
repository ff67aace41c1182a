import { describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { findPasskeys } from "@/features/passkey/data";
import { removePasskey } from "@/features/passkey/remove-passkey";
import { renamePasskey } from "@/features/passkey/rename-passkey";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { auditOf, FROM, mailsTo, newOwner, now, ownPasskey } from "./owner";

useDatabase();

const NOT_FOUND = { ok: false, refusal: "not_found" };
const IDS = ["", "x", "00000000-0000-7000-8000-000000000000"];

const setPassword = (userId: UserId) => db().password.create({ data: { userId, hash: "x" } });

describe("renamePasskey", () => {
  it("renames one's own, and writes it down", async () => {
    const owner = await newOwner();
    const { listed } = await ownPasskey(owner);

    expect(await renamePasskey(owner.person, listed.id, "Yellow key")).toEqual({
      ok: true,
      value: { ...listed, name: "Yellow key" },
    });
    expect(await findPasskeys(owner.userId)).toEqual([{ ...listed, name: "Yellow key" }]);
    expect((await auditOf(owner.userId)).at(-1)).toEqual({
      ...{ kind: "passkey_renamed", sessionId: owner.person.sessionId, ...FROM, details: { passkeyId: listed.id } },
    });
  });

  it("knows nobody else's (A93)", async () => {
    const [owner, stranger] = [await newOwner(), await newOwner()];
    const { listed } = await ownPasskey(owner);
    for (const id of [listed.id, ...IDS]) expect(await renamePasskey(stranger.person, id, "Mine")).toEqual(NOT_FOUND);

    expect(await findPasskeys(owner.userId)).toEqual([listed]);
    expect(await auditOf(stranger.userId)).toEqual([]);
  });
});

describe("removePasskey", () => {
  it("removes one's own, writes to its owner and writes it down", async () => {
    const owner = await newOwner();
    await setPassword(owner.userId);
    const { listed } = await ownPasskey(owner);

    expect(await removePasskey(owner.person, listed.id, now)).toEqual({ ok: true, value: null });
    expect(await findPasskeys(owner.userId)).toEqual([]);
    expect(await mailsTo(owner.userId, "passkey_removed")).toMatchObject([
      { text: expect.stringContaining("On 1 January 2026 at 12:00 UTC a passkey was removed") },
    ]);
    expect((await auditOf(owner.userId)).at(-1)).toEqual({
      ...{ kind: "passkey_removed", sessionId: owner.person.sessionId, ...FROM, details: { passkeyId: listed.id } },
    });
    expect(await removePasskey(owner.person, listed.id, now)).toEqual(NOT_FOUND);
  });

  it("knows nobody else's (A59, A93)", async () => {
    const [owner, stranger] = [await newOwner(), await newOwner()];
    await setPassword(owner.userId);
    const { listed } = await ownPasskey(owner);
    for (const id of [listed.id, ...IDS]) expect(await removePasskey(stranger.person, id, now)).toEqual(NOT_FOUND);

    expect(await findPasskeys(owner.userId)).toEqual([listed]);
  });

  it("keeps the last way in (A59)", async () => {
    const owner = await newOwner();
    const { listed } = await ownPasskey(owner);

    expect(await removePasskey(owner.person, listed.id, now)).toEqual({ ok: false, refusal: "last_sign_in_method" });
    expect(await findPasskeys(owner.userId)).toEqual([listed]);
  });

  it("keeps one of two that are removed at once (A59)", async () => {
    const owner = await newOwner();
    const both = [await ownPasskey(owner), await ownPasskey(owner)];
    const results = await Promise.all(both.map(({ listed }) => removePasskey(owner.person, listed.id, now)));

    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await findPasskeys(owner.userId)).toHaveLength(1);
  });
});
