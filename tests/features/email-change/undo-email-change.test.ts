import { beforeEach, describe, expect, it } from "vitest";

import { confirmEmailChange } from "@/features/email-change/confirm-email-change";
import { undoEmailChange } from "@/features/email-change/undo-email-change";
import { addSeconds } from "@/lib/clock";
import { hashToken, randomToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { clear, confirmTokenFor, emailOf, eventsOf, type Mover, newMover, now, origin, tokensTo } from "./mover";

process.env["PASSWORD_HASH"] = "argon2id";
useDatabase();
beforeEach(clear);

const refusal = { ok: false, refusal: "invalid_token" };
const confirmedAt = addSeconds(now, 60);
const later = addSeconds(now, 3600);

/** Moves an account, and returns the token that takes it back. */
async function move(mover: Mover, email: string, at = confirmedAt): Promise<string> {
  const from = (await emailOf(mover)) ?? "";
  await confirmEmailChange(await confirmTokenFor(mover, email), origin, at);
  expect(await emailOf(mover)).toBe(email);
  return (await tokensTo(from, "/undo-email-change")).at(-1) ?? "";
}

describe("undoEmailChange", () => {
  it("gives the old address back, ends all sessions, and kills what was mailed meanwhile (A48)", async () => {
    const mover = await newMover();
    const { userId, sessionId } = mover;
    const token = await move(mover, "thief@x.test");
    const expiresAt = addSeconds(now, 86_400);
    await db().oneTimeToken.create({
      data: { userId, purpose: "password_reset", tokenHash: hashToken(randomToken()), expiresAt },
    });
    const hashes = { tokenHash: hashToken(randomToken()), codeHash: hashToken("1"), browserHash: hashToken("2") };
    await db().magicLink.create({ data: { email: "thief@x.test", expiresAt, ...hashes } });

    expect(await undoEmailChange(token, origin, later)).toEqual({ ok: true, value: { userId, email: "old@x.test" } });
    expect(await db().user.findFirstOrThrow()).toMatchObject({ email: "old@x.test", claimsVersion: 2 });
    expect(await db().session.findMany({ select: { id: true, endedAt: true, endReason: true } })).toEqual([
      { id: sessionId, endedAt: later, endReason: "revoked_by_user" },
    ]);
    expect(await db().oneTimeToken.count()).toBe(0);
    expect(await db().magicLink.count()).toBe(0);
    expect((await eventsOf(mover)).at(-1)).toEqual({ kind: "email_change_undone", sessionId: null, ...origin });
  });

  it("works once, also among 16 at the same instant (A43)", async () => {
    const token = await move(await newMover(), "thief@x.test");
    const answers = await Promise.all(Array.from({ length: 16 }, () => undoEmailChange(token, origin, later)));

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 15 }, () => refusal));
  });

  it.each([
    [-1, true],
    [0, false],
    [1, false],
  ])("%i s from the end of its 72 hours: done is %s (A41)", async (seconds, done) => {
    const mover = await newMover();
    const token = await move(mover, "thief@x.test");
    const answer = await undoEmailChange(token, origin, addSeconds(confirmedAt, 72 * 3600 + seconds));

    expect(answer.ok).toBe(done);
    if (!done) expect(answer).toEqual(refusal);
    expect(await emailOf(mover)).toBe(done ? "old@x.test" : "thief@x.test");
  });

  it("voids the change that waits, and the ways back of later ones, which the thief holds", async () => {
    const mover = await newMover("owner@x.test");
    const owners = await move(mover, "thief@x.test");
    const thiefs = await move(mover, "thief2@x.test", addSeconds(confirmedAt, 60));
    const waiting = await confirmTokenFor(mover, "thief3@x.test");

    expect(await undoEmailChange(owners, origin, later)).toMatchObject({ ok: true });
    expect(await emailOf(mover)).toBe("owner@x.test");
    expect(await undoEmailChange(thiefs, origin, later)).toEqual(refusal);
    expect(await confirmEmailChange(waiting, origin, later)).toEqual(refusal);
    expect(await emailOf(mover)).toBe("owner@x.test");
  });

  it("leaves the owner's way back alone when the thief undoes a later change", async () => {
    const mover = await newMover("owner@x.test");
    const owners = await move(mover, "thief@x.test");
    const thiefs = await move(mover, "thief2@x.test", addSeconds(confirmedAt, 60));

    expect(await undoEmailChange(thiefs, origin, later)).toMatchObject({ ok: true });
    expect(await undoEmailChange(owners, origin, later)).toMatchObject({ ok: true });
    expect(await emailOf(mover)).toBe("owner@x.test");
  });

  it("says plainly when the old address has another account by now, and works once it has not", async () => {
    const mover = await newMover();
    const token = await move(mover, "thief@x.test");
    const other = await newMover("old@x.test");

    expect(await undoEmailChange(token, origin, later)).toEqual({ ok: false, refusal: "address_taken" });
    expect([await emailOf(mover), await emailOf(other)]).toEqual(["thief@x.test", "old@x.test"]);
    expect(await db().session.count({ where: { endedAt: null } })).toBe(2);
    await db().user.delete({ where: { id: other.userId } });
    expect(await undoEmailChange(token, origin, later)).toMatchObject({ ok: true });
  });

  it("also ends the sessions of an account that came back to the address by itself", async () => {
    const mover = await newMover();
    const token = await move(mover, "thief@x.test");
    await move(mover, "old@x.test", addSeconds(confirmedAt, 60));

    expect(await undoEmailChange(token, origin, later)).toMatchObject({ ok: true });
    expect(await db().session.count({ where: { endedAt: null } })).toBe(0);
  });

  it("ends the sign-ups that wait for the address", async () => {
    const mover = await newMover();
    const token = await move(mover, "thief@x.test");
    await db().signUp.create({ data: { email: "old@x.test", expiresAt: addSeconds(later, 60) } });
    await undoEmailChange(token, origin, later);

    expect(await db().signUp.count()).toBe(0);
  });

  it("takes no token that confirms, and none that is malformed (A45)", async () => {
    const mover = await newMover();
    const confirm = await confirmTokenFor(mover, "new@x.test");
    for (const token of [confirm, "", "A".repeat(42), "A".repeat(44), randomToken()]) {
      expect(await undoEmailChange(token, origin, later)).toEqual(refusal);
    }

    expect(await confirmEmailChange(confirm, origin, later)).toMatchObject({ ok: true });
  });
});
