import { beforeEach, describe, expect, it } from "vitest";

import { confirmEmailChange } from "@/features/email-change/confirm-email-change";
import { findPendingChange } from "@/features/email-change/data";
import { cancelEmailChange, resendConfirmation } from "@/features/email-change/pending-email-change";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { waitingMails } from "../sign-up/mails-of";
import { ask, clear, eventsOf, newMover, now, origin, tokensTo } from "./mover";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();
beforeEach(clear);

const later = addSeconds(now, 80_000);
const refusal = { ok: false, refusal: "invalid_token" };

describe("findPendingChange", () => {
  it("finds the change of this account alone, until it expires", async () => {
    const mover = await newMover();
    const other = await newMover("other@x.test");
    await ask(mover, "new@x.test");
    const expiresAt = addSeconds(now, 86_400);

    expect(await findPendingChange(mover.userId, addSeconds(expiresAt, -1))).toEqual({
      ...{ email: "new@x.test", createdAt: now, expiresAt },
    });
    expect(await findPendingChange(mover.userId, expiresAt)).toBeNull();
    expect(await findPendingChange(other.userId, now)).toBeNull();
  });

  it("shows an address that somebody has like a free one (A20)", async () => {
    await newMover("taken@x.test");
    const mover = await newMover();
    await ask(mover, "taken@x.test");

    expect(await findPendingChange(mover.userId, now)).toMatchObject({ email: "taken@x.test" });
  });
});

describe("resendConfirmation", () => {
  it("mails a fresh link with a full lifetime, and ends the older one", async () => {
    const mover = await newMover();
    await ask(mover, "new@x.test");
    expect(await resendConfirmation(mover.userId, later)).toBe(true);
    const [older = "", fresh = ""] = await tokensTo("new@x.test", "/confirm-email");

    expect(await confirmEmailChange(older, origin, later)).toEqual(refusal);
    expect(await confirmEmailChange(fresh, origin, addSeconds(later, 86_399))).toMatchObject({ ok: true });
  });

  it("stops mailing after five within the hour", async () => {
    const mover = await newMover();
    await ask(mover, "new@x.test");
    await Promise.all(Array.from({ length: 9 }, () => resendConfirmation(mover.userId, now)));

    expect((await waitingMails()).filter(({ to }) => to === "new@x.test")).toHaveLength(5);
  });

  it("does not bring back what a password reset made void (A39)", async () => {
    const mover = await newMover();
    await ask(mover, "new@x.test");
    await db().emailChange.updateMany({ where: { confirmedAt: null }, data: { confirmTokenHash: null } });

    expect(await resendConfirmation(mover.userId, now)).toBe(false);
    expect(await tokensTo("new@x.test", "/confirm-email")).toHaveLength(1);
  });

  it("does nothing where nothing waits", async () => {
    const { userId } = await newMover();

    expect(await resendConfirmation(userId, now)).toBe(false);
    expect(await waitingMails()).toEqual([]);
  });
});

describe("cancelEmailChange", () => {
  it("kills the link, and says so in the audit log", async () => {
    const mover = await newMover();
    const { userId, sessionId } = mover;
    await ask(mover, "new@x.test");
    const [token = ""] = await tokensTo("new@x.test", "/confirm-email");

    expect(await cancelEmailChange({ userId, sessionId, origin })).toBe(true);
    expect(await confirmEmailChange(token, origin, now)).toEqual(refusal);
    expect((await eventsOf(mover)).at(-1)).toEqual({ kind: "email_change_cancelled", sessionId, ...origin });
    expect(await cancelEmailChange({ userId, sessionId, origin })).toBe(false);
  });

  it("leaves a confirmed change its way back", async () => {
    const mover = await newMover();
    await ask(mover, "new@x.test");
    const [token = ""] = await tokensTo("new@x.test", "/confirm-email");
    await confirmEmailChange(token, origin, now);

    expect(await cancelEmailChange({ ...mover, origin })).toBe(false);
    expect(await db().emailChange.count({ where: { undoTokenHash: { not: null } } })).toBe(1);
  });
});
