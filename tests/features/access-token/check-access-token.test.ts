import { beforeEach, describe, expect, it } from "vitest";

import { checkAccessToken } from "@/features/access-token/check-access-token";
import { issueAccessToken } from "@/features/access-token/issue-access-token";
import { updateRepeatedClaims } from "@/features/account/data";
import { confirmations } from "@/features/session/confirmations";
import { endSession } from "@/features/session/end-session";
import { RevocationFeed } from "@/features/session/revocation-feed";
import { rotateSession } from "@/features/session/rotate-session";
import { repeatPerson } from "@/features/session/session-claims";
import { addSeconds } from "@/lib/clock";
import { inTransaction } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { signIn } from "./acting-person";

const shared = globalThis as { latchkeyRevocationFeed?: RevocationFeed };
const database = useDatabase();
let now = new Date();

beforeEach(() => {
  now = new Date();
  shared.latchkeyRevocationFeed = new RevocationFeed();
});

async function newToken() {
  const session = await signIn(database, now);
  return { session, token: (await issueAccessToken(session, now)).accessToken };
}

/** As another instance would: one that was not there when it happened. */
function becomeAnotherInstance() {
  shared.latchkeyRevocationFeed = new RevocationFeed();
}

describe("checkAccessToken", () => {
  it("takes a token of a live session, without asking for the row", async () => {
    const { session, token } = await newToken();
    const check = await checkAccessToken(token, { now });

    expect(check).toMatchObject({ state: "live", claims: { sub: session.sub, sid: session.sid }, person: null });
  });

  it("answers the same to all that isn't a good token", async () => {
    const { token } = await newToken();

    expect(await checkAccessToken("rubbish", { now })).toEqual({ state: "invalid" });
    expect(await checkAccessToken(token, { now: addSeconds(now, 315) })).toEqual({ state: "invalid" });
  });

  it.each(["signed_out", "revoked_by_user", "reuse_detected", "password_changed"] as const)(
    "refuses a token whose session ended as %s, here and elsewhere",
    async (reason) => {
      const { session, token } = await newToken();
      await endSession(session, reason, now);

      expect(await checkAccessToken(token, { now })).toEqual({ state: "ended", reason });
      becomeAnotherInstance();
      expect(await checkAccessToken(token, { now })).toEqual({ state: "ended", reason });
    },
  );

  it("reads the roles anew once they have changed", async () => {
    const { session, token } = await newToken();
    await inTransaction((database) => updateRepeatedClaims(database, session.sub, { roles: ["admin"] }));
    becomeAnotherInstance();

    const check = await checkAccessToken(token, { now });
    expect(check).toMatchObject({ state: "live", claims: { roles: ["admin"], cv: 1 } });
  });

  it("looks at the row when asked to be fresh", async () => {
    const { session, token } = await newToken();
    const fresh = await checkAccessToken(token, { now, fresh: true });
    expect(fresh.state === "live" && fresh.person && repeatPerson(fresh.person)).toMatchObject({
      name: "Ada Lovelace",
    });

    // Past the feed: nothing told it.
    await database.query("UPDATE sessions SET ended_at = now(), end_reason = 'revoked_by_admin' WHERE id = $1", [
      session.sid,
    ]);
    expect(await checkAccessToken(token, { now })).toMatchObject({ state: "live" });
    expect(await checkAccessToken(token, { now, fresh: true })).toEqual({ state: "ended", reason: "revoked_by_admin" });
  });

  it("refuses a token of a deleted account", async () => {
    const { session, token } = await newToken();
    await database.query("DELETE FROM users WHERE id = $1", [session.sub]);

    expect(await checkAccessToken(token, { now, fresh: true })).toEqual({ state: "ended", reason: "account_deleted" });
  });

  it("doesn't say what it can't know while the feed can't be read", async () => {
    const { token } = await newToken();
    const read = () => Promise.reject(new Error("away"));
    shared.latchkeyRevocationFeed = new RevocationFeed({ read });

    expect(await checkAccessToken(token, { now })).toEqual({ state: "unavailable" });
  });

  it("notes that the answer with the token's generation has arrived, so that its predecessor has no excuse", async () => {
    const { session } = await newToken();
    const rotated = await rotateSession(session, now);
    if (rotated.state !== "live") throw new Error(rotated.reason);
    const { accessToken } = await issueAccessToken(rotated.claims, now);
    await checkAccessToken(accessToken, { now });
    await confirmations().flush();

    expect(
      await database.query("SELECT generation, confirmed_generation FROM sessions WHERE id = $1", [session.sid]),
    ).toEqual([{ generation: 1, confirmed_generation: 1 }]);
    expect(await rotateSession(session, addSeconds(now, 11))).toEqual({ state: "ended", reason: "reuse_detected" });
    expect(await checkAccessToken(accessToken, { now })).toEqual({ state: "ended", reason: "reuse_detected" });
  });
});
