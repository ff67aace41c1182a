import { beforeAll, describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { agreeToTerms } from "@/features/terms/agree-to-terms";
import { mustAgree } from "@/features/terms/must-agree";
import { TERMS_VERSION } from "@/features/terms/policy";
import { db } from "@/lib/db";
import { uuidv7 } from "@/lib/uuid";
import { useDatabase } from "../../support/database";
import { fromHere, HERE, whatHappened } from "../audit/what-happened";

useDatabase();

const now = new Date("2026-11-24T12:00:00Z");
const sessionId = uuidv7(now);
let userId: UserId;

const stored = () =>
  db().user.findUniqueOrThrow({
    where: { id: userId },
    select: { termsVersion: true, termsAgreedAt: true, claimsVersion: true },
  });

beforeAll(async () => {
  const data = { email: "ada@x.test", emailVerified: now, termsVersion: "2020-01-01", termsAgreedAt: new Date(0) };
  userId = (await db().user.create({ data, select: { id: true } })).id as UserId;
});

describe("agreeToTerms", () => {
  it("takes no consent to another version than the current one", async () => {
    const refused = await agreeToTerms({ userId, sessionId, origin: HERE }, "2020-01-01", now);

    expect(refused).toEqual({ ok: false, refusal: "other_version" });
    expect(await stored()).toEqual({ termsVersion: "2020-01-01", termsAgreedAt: new Date(0), claimsVersion: 0 });
  });

  it("stores version and time, has cookies read anew, and notes it in the log", async () => {
    const agreed = await agreeToTerms({ userId, sessionId, origin: HERE }, TERMS_VERSION, now);

    expect(agreed).toEqual({ ok: true, value: null });

    expect(await stored()).toEqual({ termsVersion: TERMS_VERSION, termsAgreedAt: now, claimsVersion: 1 });
    const event = { kind: "terms_agreed", userId, sessionId, ...fromHere({ version: TERMS_VERSION }) };
    expect(await whatHappened()).toEqual([event]);
  });
});

describe("mustAgree", () => {
  it("asks whoever agreed to nothing or to another version", () => {
    expect([null, "2020-01-01", TERMS_VERSION].map(mustAgree)).toEqual([true, true, false]);
  });
});
