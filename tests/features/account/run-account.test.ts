import { beforeEach, describe, expect, it } from "vitest";

import { changeRoles } from "@/features/account/change-roles";
import { disableAccount, enableAccount } from "@/features/account/disable-account";
import { EmailAddressSchema } from "@/features/account/email-address";
import { signOutEverywhere } from "@/features/account/sign-out-everywhere";
import type { UserId } from "@/features/account/user-id";
import { checkSession } from "@/features/session/check-session";
import { RevocationFeed } from "@/features/session/revocation-feed";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { startSession } from "@/features/session/start-session";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";

useDatabase();

const email = EmailAddressSchema.parse("ada@x.test");
const stranger = EmailAddressSchema.parse("nobody@x.test");
const unknown = { ok: false, refusal: "unknown_account" };
const shared = globalThis as { latchkeyRevocationFeed?: RevocationFeed };
const now = new Date();
let userId: UserId;

async function signIn(): Promise<string> {
  const proof = { method: "password", aal: 1, amr: ["pwd"], remember: true, userAgent: null, ip: null } as const;
  const begun = await startSession({ ...proof, userId }, now);
  return begun.ok ? sealSessionCookie(begun.value) : begun.refusal;
}

/** As another instance would see it, whose feed has learned nothing yet. */
function elsewhere(cookie: string) {
  shared.latchkeyRevocationFeed = new RevocationFeed();
  return checkSession(cookie, { now, mayRotate: false });
}

const auditKinds = async () =>
  (await db().auditEvent.findMany({ where: { kind: { not: "signed_in" } }, orderBy: { id: "asc" } })).map(
    ({ kind }) => kind,
  );

beforeEach(async () => {
  await db().user.deleteMany();
  const user = await db().user.create({ data: { email, emailVerified: now }, select: { id: true } });
  userId = user.id as UserId;
});

describe("disableAccount", () => {
  it("ends every session here and elsewhere, and lets nobody begin another (A9)", async () => {
    const cookies = [await signIn(), await signIn()];

    expect(await disableAccount(email, now)).toEqual({ ok: true, value: { endedSessions: 2 } });
    for (const cookie of cookies) {
      expect(await checkSession(cookie, { now, mayRotate: true })).toMatchObject({
        state: "ended",
        reason: "account_disabled",
      });
      expect(await elsewhere(cookie)).toMatchObject({ state: "ended", reason: "account_disabled" });
    }
    expect(await signIn()).toBe("account_disabled");
  });

  it("does nothing the second time", async () => {
    await disableAccount(email, now);

    expect(await disableAccount(email, now)).toEqual({ ok: true, value: { endedSessions: 0 } });
  });

  it("leaves no session behind that began at the same moment", async () => {
    await Promise.all([...Array.from({ length: 10 }, signIn), disableAccount(email, now)]);

    expect(await db().session.count({ where: { endedAt: null } })).toBe(0);
  });

  it("knows no stranger", async () => {
    expect(await disableAccount(stranger, now)).toEqual(unknown);
  });
});

describe("enableAccount", () => {
  it("lets the person sign in again, and brings no session back", async () => {
    const cookie = await signIn();
    await disableAccount(email, now);

    expect(await enableAccount(email)).toEqual({ ok: true, value: null });
    expect(await elsewhere(cookie)).toMatchObject({ state: "ended" });
    expect(await elsewhere(await signIn())).toMatchObject({ state: "live" });
    expect((await auditKinds()).slice(-2)).toEqual(["account_disabled", "account_enabled"]);
  });
});

describe("changeRoles", () => {
  it("is known to every session at once, here and elsewhere, and signs nobody out", async () => {
    const cookie = await signIn();

    expect(await changeRoles(email, ["admin", "admin"])).toEqual({ ok: true, value: null });
    expect(await checkSession(cookie, { now, mayRotate: false })).toMatchObject({
      state: "live",
      claims: { roles: ["admin"] },
    });
    expect(await elsewhere(cookie)).toMatchObject({ state: "live", claims: { roles: ["admin"] } });
    await changeRoles(email, []);
    expect(await elsewhere(cookie)).toMatchObject({ state: "live", claims: { roles: [] } });
    expect((await auditKinds()).slice(-2)).toEqual(["roles_changed", "roles_changed"]);
  });

  it("knows no stranger", async () => {
    expect(await changeRoles(stranger, ["admin"])).toEqual(unknown);
  });
});

describe("signOutEverywhere", () => {
  it("ends the sessions and nothing else", async () => {
    const cookie = await signIn();

    expect(await signOutEverywhere(email, now)).toEqual({ ok: true, value: { endedSessions: 1 } });
    expect(await elsewhere(cookie)).toMatchObject({ state: "ended", reason: "revoked_by_admin" });
    expect(await elsewhere(await signIn())).toMatchObject({ state: "live" });
  });
});
