import { describe, expect, it } from "vitest";
import { type Cbor, type Deviation, newPasskey } from "@/attack/software-authenticator";
import { addPasskey } from "@/features/passkey/add-passkey";
import { findPasskeys } from "@/features/passkey/data";
import { CHALLENGE_LIFETIME_SECONDS, MAX_PASSKEYS } from "@/features/passkey/policy";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { auditOf, FROM, mailsTo, newOwner, now, ORIGIN, ownPasskey } from "./owner";

useDatabase();

const INVALID = { ok: false, refusal: "invalid_passkey" };
const ELSEWHERE = "http://127.0.0.1:3000";

describe("registrationOptions", () => {
  it("asks for a passkey that is found without typing and verifies its person, and for no attestation", async () => {
    const owner = await newOwner();
    const { passkey } = await ownPasskey(owner);

    expect(await owner.options()).toMatchObject({
      rp: { id: "localhost", name: "localhost" },
      user: {
        id: Buffer.from(owner.userId.replaceAll("-", ""), "hex").toString("base64url"),
        name: "ada@x.test",
        displayName: "Ada",
      },
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ alg, type: "public-key" })),
      timeout: 240_000,
      attestation: "none",
      excludeCredentials: [{ id: passkey.id, type: "public-key", transports: ["internal"] }],
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    });
  });

  it("stores the hash of its challenge, and not the challenge", async () => {
    const owner = await newOwner();
    const { challenge } = await owner.options();
    const rows = await db().webauthnChallenge.findMany({ where: { userId: owner.userId } });

    expect(rows).toMatchObject([{ purpose: "registration", expiresAt: addSeconds(now, CHALLENGE_LIFETIME_SECONDS) }]);
    expect(Buffer.from(rows[0]?.challengeHash ?? []).toString("base64url")).not.toBe(challenge);
  });
});

describe("addPasskey", () => {
  it("adds it, writes to its owner and writes it down", async () => {
    const owner = await newOwner();
    const passkey = newPasskey(ORIGIN, { counts: false, backupEligible: true });
    const answer = passkey.register(await owner.options());
    const added = await addPasskey(owner.person, { ...answer, name: "My phone" }, now);
    const row = await db().passkey.findFirstOrThrow({ where: { userId: owner.userId } });

    expect(added).toEqual({
      ok: true,
      value: { id: row.id, name: "My phone", createdAt: now, lastUsedAt: null, backedUp: true },
    });
    expect(await findPasskeys(owner.userId)).toEqual(added.ok && [added.value]);
    expect(row).toMatchObject({
      ...{ credentialId: passkey.id, counter: 0n, transports: ["internal"] },
      ...{ backupEligible: true, backedUp: true, aaguid: "00000000-0000-0000-0000-000000000000" },
    });
    const mails = await mailsTo(owner.userId, "passkey_added");
    expect(mails).toMatchObject([
      { text: expect.stringContaining("On 1 January 2026 at 12:00 UTC a passkey was added") },
    ]);
    expect(mails[0]?.text).not.toContain("My phone");
    expect(await auditOf(owner.userId)).toEqual([
      {
        kind: "passkey_added",
        sessionId: owner.person.sessionId,
        ...FROM,
        details: { passkeyId: row.id, synced: true },
      },
    ]);
  });

  it.each([
    ["where it lives", "fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "Apple Passwords"],
    ["the device, when that isn't known", "00000000-0000-0000-0000-000000000000", "A program (curl)"],
  ])("calls it after %s", async (_, aaguid, name) => {
    expect((await ownPasskey(await newOwner(), { aaguid })).listed.name).toBe(name);
  });

  it.each([
    ["its owner's", "de-AT", "ar", "Ein Programm (curl)"],
    ["that of the request, when they chose none", null, "fr", "Un programme (curl)"],
  ] as const)("calls the device in a language that its owner reads: %s", async (_, locale, language, name) => {
    const owner = await newOwner();
    await db().user.update({ where: { id: owner.userId }, data: { locale }, select: { id: true } });
    const person = { ...owner.person, origin: { ...FROM, language } };

    expect((await ownPasskey({ ...owner, person })).listed.name).toBe(name);
  });

  it.each<[string, Deviation]>([
    ["of another origin, be it the same machine", { origin: ELSEWHERE }],
    ["of another relying party", { rpId: "127.0.0.1" }],
    ["of the other ceremony", { type: "webauthn.get" }],
    ["that verified nobody", { userVerified: false }],
    ["that nobody was there for", { userPresent: false }],
    ["made inside of another site's page", { crossOrigin: true }],
    ["made inside of another site's page, as told otherwise", { topOrigin: "https://evil.example" }],
    ["to a challenge of its own", { challenge: "A".repeat(43) }],
  ])("refuses an answer %s (A60)", async (_, deviation) => {
    const owner = await newOwner();
    const answer = newPasskey(ORIGIN).register(await owner.options(), deviation);

    expect(await addPasskey(owner.person, answer, now)).toEqual(INVALID);
    expect(await findPasskeys(owner.userId)).toEqual([]);
    expect(await auditOf(owner.userId)).toMatchObject([
      { kind: "passkey_refused", ...FROM, details: { purpose: "registration", reason: expect.any(String) } },
    ]);
  });

  it("refuses an id beside the answer that differs from the one inside", async () => {
    const owner = await newOwner();
    const answer = newPasskey(ORIGIN).register(await owner.options());
    const other = newPasskey(ORIGIN).id;

    expect(await addPasskey(owner.person, { ...answer, id: other, rawId: other }, now)).toEqual(INVALID);
  });

  it("refuses certificates that nobody asked for, unread", async () => {
    const statement = new Map<Cbor, Cbor>([
      ["alg", -7],
      ["sig", Buffer.of(1)],
      ["x5c", [Buffer.of(1)]],
    ]);
    for (const format of ["packed", "tpm", "android-key", "android-safetynet", "apple", "fido-u2f"]) {
      const owner = await newOwner();
      const answer = newPasskey(ORIGIN).register(await owner.options(), { attestation: { format, statement } });

      expect(await addPasskey(owner.person, answer, now)).toEqual(INVALID);
    }
  });

  it.each(["A", "AAAA", "o2NmbXRkbm9uZQ"])("refuses the bytes %j", async (attestationObject) => {
    const owner = await newOwner();
    const answer = newPasskey(ORIGIN).register(await owner.options());

    expect(
      await addPasskey(owner.person, { ...answer, response: { ...answer.response, attestationObject } }, now),
    ).toEqual(INVALID);
    expect(
      await addPasskey(
        owner.person,
        { ...answer, response: { ...answer.response, clientDataJSON: attestationObject } },
        now,
      ),
    ).toEqual(INVALID);
  });

  it("takes each challenge once, whatever came of it (A60)", async () => {
    const owner = await newOwner();
    const options = await owner.options();
    await addPasskey(owner.person, newPasskey(ORIGIN).register(options, { userVerified: false }), now);

    expect(await addPasskey(owner.person, newPasskey(ORIGIN).register(options), now)).toEqual(INVALID);
  });

  it("takes it for five minutes (A60)", async () => {
    for (const [seconds, isTaken] of [
      [CHALLENGE_LIFETIME_SECONDS - 1, true],
      [CHALLENGE_LIFETIME_SECONDS, false],
      [CHALLENGE_LIFETIME_SECONDS + 1, false],
    ] as const) {
      const owner = await newOwner();
      const answer = newPasskey(ORIGIN).register(await owner.options());

      expect((await addPasskey(owner.person, answer, addSeconds(now, seconds))).ok).toBe(isTaken);
    }
  });

  it("takes nobody else's challenge, and leaves it to them (A60)", async () => {
    const [owner, thief] = [await newOwner(), await newOwner()];
    const options = await owner.options();

    expect(await addPasskey(thief.person, newPasskey(ORIGIN).register(options), now)).toEqual(INVALID);
    expect((await addPasskey(owner.person, newPasskey(ORIGIN).register(options), now)).ok).toBe(true);
  });

  it("refuses a credential id that exists, somebody else's as one's own (A60)", async () => {
    const owner = await newOwner();
    const { passkey } = await ownPasskey(owner);
    for (const person of [owner, await newOwner()]) {
      const answer = newPasskey(ORIGIN).register(await person.options(), { credentialId: passkey.id });

      expect(await addPasskey(person.person, answer, now)).toEqual(INVALID);
      expect((await auditOf(person.userId)).at(-1)).toMatchObject({ details: { reason: "known_credential" } });
    }
    expect(await findPasskeys(owner.userId)).toHaveLength(1);
  });

  it("adds one of 20 that answer one challenge at once", async () => {
    const owner = await newOwner();
    const options = await owner.options();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => addPasskey(owner.person, newPasskey(ORIGIN).register(options), now)),
    );

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it(`adds no more than ${MAX_PASSKEYS}`, async () => {
    const owner = await newOwner();
    await db().passkey.createMany({
      data: Array.from({ length: MAX_PASSKEYS - 1 }, (_, index) => {
        const credentialId = `${owner.userId}-${index}`;
        const { userId } = owner;
        return { userId, credentialId, publicKey: Buffer.of(1), backupEligible: false, backedUp: false, name: "Key" };
      }),
    });
    await ownPasskey(owner);

    expect(await addPasskey(owner.person, newPasskey(ORIGIN).register(await owner.options()), now)).toEqual({
      ok: false,
      refusal: "too_many_passkeys",
    });
  });
});
