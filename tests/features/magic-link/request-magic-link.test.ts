import { beforeEach, describe, expect, it } from "vitest";

import { redeemMagicCode, redeemMagicLink } from "@/features/magic-link/redeem-magic-link";
import { requestMagicLink } from "@/features/magic-link/request-magic-link";
import { addSeconds } from "@/lib/clock";
import { hashToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { ada, adaAlone, ask, LIFETIME_SECONDS, mailed, nobody, now, origin } from "./asker";

useDatabase();
beforeEach(adaAlone);

const badToken = { ok: false, refusal: "invalid_token" };
const badCode = { ok: false, refusal: "invalid_code" };
const admitted = { ok: true, value: { userId: expect.any(String), remember: false } };

describe("requestMagicLink", () => {
  it("mails an account one link and one code, and keeps neither as it is", async () => {
    const { browserToken, token, code } = await ask();

    expect(await mailed()).toEqual([{ to: ada, token, code: expect.stringMatching(/^\d{6}$/) }]);
    const row = await db().magicLink.findFirstOrThrow();
    expect(row).toMatchObject({
      ...{ email: ada, failures: 0, createdAt: now, expiresAt: addSeconds(now, LIFETIME_SECONDS) },
      ...{ tokenHash: hashToken(token), browserHash: hashToken(browserToken) },
    });
    // A million hashes are made in a second: the code's must need what the database doesn't hold.
    expect(row.codeHash).not.toEqual(hashToken(code));
  });

  it.each([
    ["unknown", async () => nobody],
    [
      "of a sign-up that waits to be confirmed",
      async () => {
        await db().signUp.create({ data: { email: nobody, expiresAt: addSeconds(now, 60) } });
        return nobody;
      },
    ],
    [
      "of a disabled account",
      async () => {
        await db().user.updateMany({ data: { disabledAt: now } });
        return ada;
      },
    ],
  ])("answers alike, keeps alike and mails nobody for an address that is %s (A20, A36)", async (_name, arrange) => {
    const startedAt = performance.now();
    const asked = await requestMagicLink({ email: await arrange(), remember: false }, now);

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(99);
    expect(asked).toEqual({ browserToken: expect.any(String), expiresAt: addSeconds(now, LIFETIME_SECONDS) });
    expect(await db().magicLink.count()).toBe(1);
    expect(await mailed()).toEqual([]);
    expect(await db().user.count()).toBe(1);
  });

  it("kills the address's older link and code (A44)", async () => {
    const older = await ask();
    const newer = await ask(addSeconds(now, 1));
    const at = addSeconds(now, 2);

    expect(await redeemMagicLink(older.token, older.browserToken, origin, at)).toEqual(badToken);
    expect(await redeemMagicCode(older.code, older.browserToken, origin, at)).toEqual(badCode);
    expect(await redeemMagicLink(newer.token, newer.browserToken, origin, at)).toEqual(admitted);
  });

  it("mails an address five times an hour, and the fifth link goes on working", async () => {
    for (let index = 0; index < 4; index++) await ask(addSeconds(now, index));
    const fifth = await ask(addSeconds(now, 4));
    await Promise.all(
      Array.from({ length: 3 }, () => requestMagicLink({ email: ada, remember: false }, addSeconds(now, 5))),
    );

    expect(await mailed()).toHaveLength(5);
    expect(await redeemMagicLink(fifth.token, fifth.browserToken, origin, addSeconds(now, 6))).toEqual(admitted);
  });
});
