import { decodeProtectedHeader } from "jose";
import { beforeEach, describe, expect, it } from "vitest";

import { issueAccessToken } from "@/features/access-token/issue-access-token";
import { verifyAccessToken } from "@/features/access-token/verify-access-token";
import { KeyRing } from "@/features/signing-key/key-ring";
import { tendKeys } from "@/features/signing-key/tend-keys";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { useDatabase } from "../../support/database";
import { sessionAt } from "./acting-person";

const NOW = new Date("2026-03-01T12:00:00Z");
const INVALID = { ok: false, refusal: "invalid_token" };
const SESSION = sessionAt(epochSeconds(NOW));

const database = useDatabase();
const shared = globalThis as { latchkeyKeyRing?: KeyRing };

describe("verifyAccessToken, while keys change", () => {
  beforeEach(async () => {
    await database.query("DELETE FROM signing_keys");
    shared.latchkeyKeyRing = new KeyRing();
  });

  /** The same keys as read by an instance that has just started. */
  const verifyAfresh = (text: string, now: Date) => verifyAccessToken(text, now, new KeyRing());

  it("accepts what the old key signed while that is still published, and not after", async () => {
    const old = (await issueAccessToken(SESSION, NOW)).accessToken;
    await tendKeys(NOW, { kind: "rotate" });
    await tendKeys(addSeconds(NOW, 630));
    shared.latchkeyKeyRing = new KeyRing();
    const recent = (await issueAccessToken(SESSION, NOW)).accessToken;

    expect(decodeProtectedHeader(recent).kid).not.toBe(decodeProtectedHeader(old).kid);
    expect((await verifyAfresh(old, NOW)).ok).toBe(true);
    expect((await verifyAfresh(recent, NOW)).ok).toBe(true);
    await tendKeys(addSeconds(NOW, 630 + 645));
    expect(await verifyAfresh(old, NOW)).toEqual(INVALID);
    expect((await verifyAfresh(recent, NOW)).ok).toBe(true);
  });

  it("accepts what the successor signs on an instance that has not looked since", async () => {
    await issueAccessToken(SESSION, NOW);
    await tendKeys(NOW, { kind: "rotate" });
    const bystander = new KeyRing();
    await bystander.signingKey(NOW);
    await tendKeys(addSeconds(NOW, 630));
    shared.latchkeyKeyRing = new KeyRing();
    const { accessToken } = await issueAccessToken(SESSION, NOW);

    expect((await verifyAccessToken(accessToken, NOW, bystander)).ok).toBe(true);
  });

  it("refuses what a leaked key signed, at once", async () => {
    const { accessToken } = await issueAccessToken(SESSION, NOW);
    const kid = decodeProtectedHeader(accessToken).kid ?? "";
    await tendKeys(NOW, { kind: "replace_leaked", kid });

    expect(await verifyAfresh(accessToken, NOW)).toEqual(INVALID);
  });

  it("accepts what a lost key signed: nobody is signed out by it", async () => {
    const { accessToken } = await issueAccessToken(SESSION, NOW);
    await database.query("UPDATE signing_keys SET sealed_private_jwk = set_byte(sealed_private_jwk, 3, 0)");
    shared.latchkeyKeyRing = new KeyRing();
    const next = await issueAccessToken(SESSION, NOW);

    expect((await verifyAfresh(accessToken, NOW)).ok).toBe(true);
    expect((await verifyAfresh(next.accessToken, NOW)).ok).toBe(true);
  });
});
