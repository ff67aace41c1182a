import { describe, expect, it } from "vitest";
import type { Deviation } from "@/attack/software-authenticator";
import { confirmationOptions, signInOptions } from "@/features/passkey/authentication-options";
import { reauthenticateWithPasskey } from "@/features/reauthentication/reauthenticate-with-passkey";
import { endSession } from "@/features/session/end-session";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { auditOf, FROM, newOwner, now, type Owner, ownPasskey } from "../passkey/owner";
import { newSession } from "../session-overview/people";

useDatabase();

const INVALID = { ok: false, refusal: "invalid_passkey" };
const later = addSeconds(now, 3600);

/** Somebody who signed in with a password an hour ago, and has a passkey. */
async function signedInOwner() {
  const owner = await newOwner();
  const { passkey } = await ownPasskey(owner);
  const claims = await newSession(owner.userId, now);
  return { owner, passkey, claims };
}

const options = (owner: Owner) => confirmationOptions("step_up", owner.userId, later);

describe("confirmationOptions", () => {
  it("name the person's own passkeys, and nobody else's", async () => {
    const { owner, passkey } = await signedInOwner();
    await signedInOwner();

    expect(await options(owner)).toEqual({
      rpId: "localhost",
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      timeout: 240_000,
      userVerification: "required",
      allowCredentials: [{ id: passkey.id, type: "public-key", transports: ["internal"] }],
    });
  });
});

describe("reauthenticateWithPasskey", () => {
  it("goes on with the same session and auth_time of now, at level 2", async () => {
    const { owner, passkey, claims } = await signedInOwner();
    const renewed = await reauthenticateWithPasskey(claims, passkey.answer(await options(owner)), later, FROM);

    expect(renewed).toEqual({
      ok: true,
      value: {
        ...claims,
        ...{ aal: 2, amr: ["pwd", "hwk", "user", "mfa"], method: "password" },
        gen: 1,
        auth_time: epochSeconds(later),
        win: epochSeconds(addSeconds(later, 15 * 60)),
        idle: epochSeconds(addSeconds(later, 7 * 24 * 60 * 60)),
        iat: epochSeconds(later),
      },
    });
    expect(
      await db().auditEvent.findFirst({
        where: { userId: owner.userId, kind: "reauthenticated" },
        select: { sessionId: true, details: true },
      }),
    ).toMatchObject({ sessionId: claims.sid, details: { method: "passkey" } });
  });

  it("needs no user handle: we know whom we asked", async () => {
    const { owner, passkey, claims } = await signedInOwner();
    const answer = passkey.answer(await options(owner), { userHandle: null });

    expect((await reauthenticateWithPasskey(claims, answer, later, FROM)).ok).toBe(true);
  });

  it.each<[string, Deviation]>([
    ["that verified nobody", { userVerified: false }],
    ["of another origin", { origin: "http://127.0.0.1:3000" }],
    ["with somebody else's handle", { userHandle: "AAAA" }],
  ])("refuses an answer %s (A60)", async (_, deviation) => {
    const { owner, passkey, claims } = await signedInOwner();
    const answer = passkey.answer(await options(owner), deviation);

    expect(await reauthenticateWithPasskey(claims, answer, later, FROM)).toEqual(INVALID);
    expect((await auditOf(owner.userId)).at(-1)).toMatchObject({ details: { purpose: "step_up" } });
    expect(await db().session.findUniqueOrThrow({ where: { id: claims.sid } })).toMatchObject({ generation: 0 });
  });

  it("refuses another person's passkey (A60)", async () => {
    const { owner, claims } = await signedInOwner();
    const other = await signedInOwner();
    for (const userHandle of [null, undefined]) {
      const deviation = userHandle === null ? { userHandle } : {};
      const answer = other.passkey.answer(await options(owner), deviation);

      expect(await reauthenticateWithPasskey(claims, answer, later, FROM)).toEqual(INVALID);
    }
  });

  it("takes no challenge that was handed out for something else, or to somebody else (A60)", async () => {
    const { owner, passkey, claims } = await signedInOwner();
    const other = await signedInOwner();
    const { challenge } = await owner.options(later);
    const ofRegistration = { challenge, rpId: "localhost" };
    for (const request of [await signInOptions(later), await options(other.owner), ofRegistration]) {
      expect(await reauthenticateWithPasskey(claims, passkey.answer(request), later, FROM)).toEqual(INVALID);
    }
  });

  it("begins nothing anew in a session that has ended", async () => {
    const { owner, passkey, claims } = await signedInOwner();
    await endSession(claims, "revoked_by_user", now);
    const answer = passkey.answer(await options(owner));

    expect(await reauthenticateWithPasskey(claims, answer, later, FROM)).toEqual({
      ok: false,
      refusal: "session_ended",
    });
  });
});
