import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Deviation, newPasskey } from "@/attack/software-authenticator";
import { signInOptions } from "@/features/passkey/authentication-options";
import { CHALLENGE_LIFETIME_SECONDS } from "@/features/passkey/policy";
import { removePasskey } from "@/features/passkey/remove-passkey";
import { signInWithPasskey } from "@/features/passkey/sign-in-with-passkey";
import { userHandle } from "@/features/passkey/user-handle";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { auditOf, FROM, newOwner, now, ORIGIN, ownPasskey } from "./owner";

useDatabase();

const INVALID = { ok: false, refusal: "invalid_passkey" };
const handleOf = (userId: Parameters<typeof userHandle>[0]) => Buffer.from(userHandle(userId)).toString("base64url");
const rowOf = (id: string) => db().passkey.findUniqueOrThrow({ where: { id } });
const reasonsOf = async (userId: string) =>
  (await auditOf(userId)).filter(({ kind }) => kind === "passkey_refused").map(({ details }) => details);

describe("signInOptions", () => {
  it("are the same for everybody, and name no credential (A20)", async () => {
    await ownPasskey(await newOwner());

    expect(await signInOptions(now)).toEqual({
      rpId: "localhost",
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      timeout: 240_000,
      userVerification: "required",
    });
  });
});

describe("signInWithPasskey", () => {
  it("signs in with two factors, and notes the use", async () => {
    const owner = await newOwner();
    const { passkey, listed } = await ownPasskey(owner);
    const answer = passkey.answer(await signInOptions(now));
    const later = addSeconds(now, 60);

    expect(await signInWithPasskey({ ...answer, remember: true }, FROM, later)).toEqual({
      ok: true,
      value: { userId: owner.userId, method: "passkey", aal: 2, amr: ["hwk", "user", "mfa"], remember: true, ...FROM },
    });
    expect(await rowOf(listed.id)).toMatchObject({ counter: 1n, lastUsedAt: later, backedUp: false });
    expect(await reasonsOf(owner.userId)).toEqual([]);
  });

  it("calls a key that is copied to other devices one kept by software, and follows its backup", async () => {
    const { passkey, listed } = await ownPasskey(await newOwner(), { counts: false, backupEligible: true });
    await db().passkey.update({ where: { id: listed.id }, data: { backedUp: false } });
    const signedIn = () => signInOptions(now).then((options) => signInWithPasskey(passkey.answer(options), FROM, now));

    expect(await signedIn()).toMatchObject({ ok: true, value: { amr: ["swk", "user", "mfa"], remember: false } });
    expect((await signedIn()).ok).toBe(true);
    expect(await rowOf(listed.id)).toMatchObject({ counter: 0n, backedUp: true });
  });

  it.each<[string, Deviation, string]>([
    ["of another origin, be it the same machine", { origin: "http://127.0.0.1:3000" }, "answer"],
    ["of another port", { origin: "http://localhost:3001" }, "answer"],
    ["of another relying party", { rpId: "127.0.0.1" }, "answer"],
    ["of the other ceremony", { type: "webauthn.create" }, "answer"],
    ["that verified nobody", { userVerified: false }, "answer"],
    ["that nobody was there for", { userPresent: false }, "answer"],
    ["of another kind of key", { backupEligible: true }, "answer"],
    ["signed by another key", generateKeyPairSync("ec", { namedCurve: "P-256" }), "answer"],
    ["given inside of another site's page", { crossOrigin: true }, "challenge"],
    ["given inside of another site's page, as told otherwise", { topOrigin: "https://evil.example" }, "challenge"],
    ["that nobody asked for", { challenge: "A".repeat(43) }, "challenge"],
    ["that doesn't say whose it is", { userHandle: null }, "account"],
    ["with a handle of nobody", { userHandle: "AAAA" }, "account"],
  ])("refuses an answer %s (A54, A60)", async (_, deviation, reason) => {
    const owner = await newOwner();
    const { passkey, listed } = await ownPasskey(owner);
    const answer = passkey.answer(await signInOptions(now), deviation);

    expect(await signInWithPasskey(answer, FROM, now)).toEqual(INVALID);
    expect(await reasonsOf(owner.userId)).toEqual([{ purpose: "sign_in", reason }]);
    expect(await rowOf(listed.id)).toMatchObject({ counter: 0n, lastUsedAt: null });
  });

  it("refuses an answer that was altered after it was signed", async () => {
    const { passkey } = await ownPasskey(await newOwner());
    const { response, ...answer } = passkey.answer(await signInOptions(now), { userVerified: false });
    const data = Buffer.from(response.authenticatorData, "base64url");
    data.writeUInt8(data.readUInt8(32) | 0x04, 32);
    const altered = { ...response, authenticatorData: data.toString("base64url") };

    expect(await signInWithPasskey({ ...answer, response: altered }, FROM, now)).toEqual(INVALID);
  });

  it("takes a challenge once, also of 50 at the same moment (A60)", async () => {
    const { passkey } = await ownPasskey(await newOwner(), { counts: false });
    const answer = passkey.answer(await signInOptions(now));
    const results = await Promise.all(Array.from({ length: 50 }, () => signInWithPasskey(answer, FROM, now)));

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await signInWithPasskey(answer, FROM, now)).toEqual(INVALID);
  });

  it("takes it for five minutes (A60)", async () => {
    const { passkey } = await ownPasskey(await newOwner());
    for (const [seconds, isTaken] of [
      [CHALLENGE_LIFETIME_SECONDS - 1, true],
      [CHALLENGE_LIFETIME_SECONDS, false],
      [CHALLENGE_LIFETIME_SECONDS + 1, false],
    ] as const) {
      const answer = passkey.answer(await signInOptions(now));

      expect((await signInWithPasskey(answer, FROM, addSeconds(now, seconds))).ok).toBe(isTaken);
    }
  });

  it("takes no challenge that was handed out for something else (A60)", async () => {
    const owner = await newOwner();
    const { passkey } = await ownPasskey(owner);
    const { challenge } = await owner.options();

    expect(await signInWithPasskey(passkey.answer({ challenge, rpId: "localhost" }), FROM, now)).toEqual(INVALID);
  });

  it("refuses a counter that stands still or goes back, and tells the owner's log (A60)", async () => {
    const owner = await newOwner();
    const { passkey } = await ownPasskey(owner);
    const counted = async (counter: number) =>
      (await signInWithPasskey(passkey.answer(await signInOptions(now), { counter }), FROM, now)).ok;

    expect([await counted(5), await counted(5), await counted(4), await counted(0), await counted(6)]).toEqual([
      ...[true, false, false, false, true],
    ]);
    expect(await reasonsOf(owner.userId)).toEqual(
      Array.from({ length: 3 }, () => ({ purpose: "sign_in", reason: "counter" })),
    );
  });

  it("doesn't let a forged counter keep the owner out", async () => {
    const { passkey } = await ownPasskey(await newOwner());
    const { privateKey } = newPasskey(ORIGIN);
    await signInWithPasskey(passkey.answer(await signInOptions(now), { counter: 9999, privateKey }), FROM, now);

    expect((await signInWithPasskey(passkey.answer(await signInOptions(now)), FROM, now)).ok).toBe(true);
  });

  it("takes nobody's passkey for somebody else (A60)", async () => {
    const [owner, other] = [await newOwner(), await newOwner()];
    const { passkey } = await ownPasskey(owner);
    const theirs = await ownPasskey(other);
    const withHandle = passkey.answer(await signInOptions(now), { userHandle: handleOf(other.userId) });
    const withId = passkey.answer(await signInOptions(now), { credentialId: theirs.passkey.id });
    const withBoth = passkey.answer(await signInOptions(now), {
      ...{ credentialId: theirs.passkey.id, userHandle: handleOf(other.userId) },
    });

    for (const answer of [withHandle, withId, withBoth]) {
      expect(await signInWithPasskey(answer, FROM, now)).toEqual(INVALID);
    }
  });

  it("knows a removed passkey no more (A59), nor one that was never added", async () => {
    const owner = await newOwner();
    const { passkey, listed } = await ownPasskey(owner);
    await ownPasskey(owner);
    await removePasskey(owner.person, listed.id, now);

    expect(await signInWithPasskey(passkey.answer(await signInOptions(now)), FROM, now)).toEqual(INVALID);
    const stranger = newPasskey(ORIGIN).answer(await signInOptions(now), { userHandle: handleOf(owner.userId) });
    expect(await signInWithPasskey(stranger, FROM, now)).toEqual(INVALID);
  });
});
