import { beforeEach, describe, expect, it } from "vitest";
import { ROLES } from "@/access";
import { requireApiRole, requireApiSession, requireCookieSession } from "@/app/_request/api-session";
import { Problem } from "@/app/_request/problem";
import { route } from "@/app/_request/route";
import { issueAccessToken } from "@/features/access-token/issue-access-token";
import { endSession } from "@/features/session/end-session";
import { describeSession } from "@/features/session/session";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie, sessionCookieName } from "@/features/session/session-cookie";
import { signIn } from "../../features/access-token/acting-person";
import { useDatabase } from "../../support/database";

const database = useDatabase();
let session: SessionClaims;
let bearer = "";
let cookie = "";

beforeEach(async () => {
  const now = new Date();
  session = await signIn(database, now);
  bearer = `Bearer ${(await issueAccessToken(session, now)).accessToken}`;
  cookie = `${sessionCookieName()}=${sealSessionCookie(session)}`;
});

const ask = (headers: Record<string, string>, method = "GET") =>
  new Request("http://localhost:3000/api/things", { method, headers });

async function refusalOf(work: Promise<unknown>): Promise<{ code: string; [more: string]: unknown }> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof Problem)) throw new Error("It was not refused.");
  return { code: thrown.code, ...thrown.options };
}

const INVALID = { code: "unauthenticated", headers: { "WWW-Authenticate": 'Bearer error="invalid_token"' } };

describe("requireApiSession", () => {
  it("gives a handler the same, by cookie and by token", async () => {
    const byCookie = await requireApiSession(ask({ cookie }));
    const byToken = await requireApiSession(ask({ authorization: bearer }));

    expect(byToken.claims).toMatchObject({ sub: session.sub, sid: session.sid, roles: [] });
    expect(await byToken.describe()).toEqual(await byCookie.describe());
    expect(await byToken.describe()).toEqual(describeSession(session, ROLES));
  });

  it("leaves out a role that access.ts no longer knows", async () => {
    const claims = { ...session, roles: ["once-there", "admin"] };
    const request = ask({ cookie: `${sessionCookieName()}=${sealSessionCookie(claims)}` });

    expect((await (await requireApiSession(request)).describe()).user.roles).toEqual(["admin"]);
  });

  it("takes the scheme's name in any case", async () => {
    const request = ask({ authorization: bearer.replace("Bearer", "bEARER") });
    expect((await requireApiSession(request)).claims.sid).toBe(session.sid);
  });

  it.each([
    "",
    "Bearer",
    "Bearer ",
    "Bearer %",
    "Bearer null",
    "Bearer a b",
    "Bearer, Bearer",
    "Basic YTpi",
    "Digest username=x",
    "Token abc",
    "Bearerabc",
    `Bearer ${"A".repeat(100 * 1024)}`,
  ])("refuses %.20j, and lets no good cookie make up for it", async (authorization) => {
    expect(await refusalOf(requireApiSession(ask({ authorization, cookie })))).toEqual(INVALID);
  });

  it("refuses two tokens, a token in quotes, a session cookie as a token, and the token without its scheme", async () => {
    const token = bearer.slice("Bearer ".length);
    const attempts = [`${bearer}, ${bearer}`, `Bearer "${token}"`, `Bearer ${sealSessionCookie(session)}`, token];
    for (const authorization of attempts) {
      expect(await refusalOf(requireApiSession(ask({ authorization, cookie })))).toEqual(INVALID);
    }
  });

  it("takes no access token for a session cookie", async () => {
    const planted = `${sessionCookieName()}=${bearer.slice("Bearer ".length)}`;
    expect(await refusalOf(requireApiSession(ask({ cookie: planted })))).toMatchObject({ code: "unauthenticated" });
  });

  it("says why the session of a token has ended", async () => {
    await endSession(session, "revoked_by_user", new Date());

    expect(await refusalOf(requireApiSession(ask({ authorization: bearer })))).toEqual({
      code: "session_ended",
      members: { reason: "revoked_by_user" },
      headers: INVALID.headers,
    });
  });

  it("sets no cookie on the answer to a token, also where the cookie beside it is due", async () => {
    const stale = `${sessionCookieName()}=${sealSessionCookie({ ...session, win: 0 })}`;
    const { reply } = await requireApiSession(ask({ authorization: bearer, cookie: stale }));

    expect(reply(new Response("ok")).headers.getSetCookie()).toEqual([]);
  });

  it("lets a client that is no browser write with a token alone", async () => {
    const { DELETE } = route({
      DELETE: async (request) => Response.json({ sid: (await requireApiSession(request)).claims.sid }),
    });
    const response = await DELETE(ask({ authorization: bearer }, "DELETE"), { params: Promise.resolve({}) });

    expect([response.status, await response.json()]).toEqual([200, { sid: session.sid }]);
  });
});

describe("requireCookieSession", () => {
  it("looks at no token", async () => {
    const refused = requireCookieSession(ask({ authorization: bearer }), { force: true, none: "no_session" });
    expect(await refusalOf(refused)).toEqual({ code: "no_session", headers: { "WWW-Authenticate": "Bearer" } });
  });

  it("rotates inside the window when forced to", async () => {
    const { claims, reply } = await requireCookieSession(ask({ cookie, authorization: "Bearer %" }), { force: true });

    expect(claims.gen).toBe(1);
    expect(reply(new Response("ok")).headers.getSetCookie()).toHaveLength(1);
  });
});

describe("requireApiRole", () => {
  it("lets in who has the role, by cookie and by token, and nobody else", async () => {
    const admin = { ...session, roles: ["admin"] };
    const { accessToken } = await issueAccessToken(admin, new Date());
    const adminCookie = `${sessionCookieName()}=${sealSessionCookie(admin)}`;

    for (const headers of [{ cookie: adminCookie }, { authorization: `Bearer ${accessToken}` }]) {
      expect((await requireApiRole(ask(headers), "admin")).claims.sid).toBe(session.sid);
    }
    for (const headers of [{ cookie }, { authorization: bearer }, { authorization: bearer, cookie: adminCookie }]) {
      expect(await refusalOf(requireApiRole(ask(headers), "admin"))).toEqual({ code: "forbidden" });
    }
    expect(await refusalOf(requireApiRole(ask({}), "admin"))).toMatchObject({ code: "unauthenticated" });
  });
});
