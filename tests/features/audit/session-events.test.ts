import { beforeEach, describe, expect, it } from "vitest";

import { EmailAddressSchema } from "@/features/account/email-address";
import { renameAccount } from "@/features/account/rename-account";
import { signOutEverywhere } from "@/features/account/sign-out-everywhere";
import { checkSession } from "@/features/session/check-session";
import { endOwnSession, endSession, endSessionsOf } from "@/features/session/end-session";
import { rotateSession } from "@/features/session/rotate-session";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { addSeconds } from "@/lib/clock";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { newPerson, newSession, now } from "../session/person";
import { fromHere, HERE, whatHappened } from "./what-happened";

useDatabase();

/** The log itself can't be emptied: a test looks at what came after its beginning. */
let before = 0;
const events = async () => (await whatHappened()).slice(before);

beforeEach(async () => {
  before = (await whatHappened()).length;
});

describe("A95: the end of a session", () => {
  it.each([
    ["signed_out", "signed_out"],
    ["revoked_by_admin", "session_revoked"],
    ["reuse_detected", "session_reuse_detected"],
  ] as const)("%s is told once, however many ask for it at once", async (reason, kind) => {
    const claims = await newSession();
    before += 1;
    await Promise.all([1, 2, 3].map(() => endSession(claims, reason, now, HERE)));
    expect(await events()).toEqual([{ kind, userId: claims.sub, sessionId: claims.sid, ...fromHere() }]);
  });

  it("by its time is nobody's doing, and not told", async () => {
    const claims = await newSession();
    before += 1;
    const check = await checkSession(sealSessionCookie(claims), { now: addSeconds(now, 8 * 86_400), mayRotate: true });
    expect(check).toMatchObject({ state: "ended", reason: "idle_timeout" });
    expect(await events()).toEqual([]);
  });

  it("of one's own choosing is told once, a stranger's try not at all", async () => {
    const { sid, sub } = await newSession();
    before += 1;
    await endOwnSession(await newPerson(), sid, now, HERE);
    await endOwnSession(sub, sid, now, HERE);
    await endOwnSession(sub, sid, now, HERE);
    expect(await events()).toEqual([{ kind: "session_revoked", userId: sub, sessionId: sid, ...fromHere() }]);
  });

  it("of all others is one event with their number; of none it is no event", async () => {
    const userId = await newPerson();
    const [here] = [await newSession(userId), await newSession(userId), await newSession(userId)];
    before += 3;
    await endSessionsOf(userId, "revoked_by_user", now, { except: here.sid, origin: HERE });
    await endSessionsOf(userId, "revoked_by_user", now, { except: here.sid, origin: HERE });
    expect(await events()).toEqual([
      { kind: "other_sessions_revoked", userId, sessionId: here.sid, ...fromHere({ sessions: 2 }) },
    ]);
  });

  it("of all, by whoever runs the site, is one event", async () => {
    const { sub } = await newSession();
    before += 1;
    await signOutEverywhere(EmailAddressSchema.parse(`${sub}@example.com`), now);
    expect(await events()).toMatchObject([{ kind: "all_sessions_revoked", userId: sub, details: { sessions: 1 } }]);
  });

  it("that follows from something else, such as a new password, is told as that alone", async () => {
    const { sub } = await newSession();
    before += 1;
    await endSessionsOf(sub, "password_changed", now);
    expect(await events()).toEqual([]);
  });

  it("S6: a copy that shows is told with the address that it came from", async () => {
    const claims = await newSession();
    await rotateSession(claims, now);
    await rotateSession({ ...claims, gen: 1 }, now);
    before += 1;
    const cookie = sealSessionCookie(claims);
    const late = addSeconds(now, 3600);
    await db().session.update({ where: { id: claims.sid }, data: { recentRotations: [] } });

    expect(await checkSession(cookie, { now: late, mayRotate: true, origin: HERE })).toMatchObject({ state: "ended" });
    expect(await events()).toMatchObject([{ kind: "session_reuse_detected", ip: HERE.ip, userAgent: HERE.userAgent }]);
  });
});

describe("A95: a change of the profile", () => {
  it("is told once, without the words themselves", async () => {
    const userId = await newPerson();
    await renameAccount(userId, "Marker Name", HERE);
    await renameAccount(userId, "", HERE);
    expect(await events()).toEqual([
      { kind: "profile_changed", userId, sessionId: null, ...fromHere({ changed: "name" }) },
    ]);
  });
});
