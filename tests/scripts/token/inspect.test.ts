import { SignJWT } from "jose";
import { beforeAll, describe, expect, it, vi } from "vitest";

import { issueAccessToken } from "@/features/access-token/issue-access-token";
import { endSession } from "@/features/session/end-session";
import { rotateSession } from "@/features/session/rotate-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie } from "@/features/session/session-cookie";
import { keyRing } from "@/features/signing-key/key-ring";
import { addSeconds } from "@/lib/clock";
import { sealJwe } from "@/lib/crypto/direct-jwe";
import { inspectAccessToken } from "@/scripts/token/inspect-access-token";
import { inspectSessionCookie } from "@/scripts/token/inspect-session-cookie";
import { signIn } from "../../features/access-token/acting-person";
import { useDatabase } from "../../support/database";
import { TEST_ENVIRONMENT } from "../../support/environment";

const NOW = new Date("2026-03-01T12:00:00Z");
const database = useDatabase();
const sources = (seconds = 0) => ({ now: addSeconds(NOW, seconds), hasDatabase: true });

let session: SessionClaims;
let token = "";
let cookie = "";

beforeAll(async () => {
  session = await signIn(database, NOW);
  token = (await issueAccessToken(session, NOW)).accessToken;
  cookie = sealSessionCookie(session);
});

describe("inspectAccessToken", () => {
  it("says in words what a good token says", async () => {
    const { kid } = await keyRing().signingKey(NOW);
    expect(await inspectAccessToken(token, sources(48))).toEqual({
      title: "Access token (RFC 9068)",
      facts: [
        ["type", "at+jwt"],
        ["algorithm", "ES256"],
        ["key", `${kid} (current)`],
        ["issuer", "http://localhost:3000"],
        ["audience", "http://localhost:3000"],
        ["person", session.sub],
        ["session", `${session.sid}, generation 0, ends in 29 d 23 h at the latest`],
        ["roles", "[]"],
        ["signed in", '48 s ago, by password (aal 1, amr ["pwd"])'],
        ["issued", "48 s ago"],
        ["window", "expires in 4 min 12 s"],
      ],
      verified: true,
      reasons: [],
      gaps: [],
    });
  });

  const reasonsOf = async (text: string, seconds = 0) => (await inspectAccessToken(text, sources(seconds)))?.reasons;

  it("says since when a token has expired, but not of one that is still tolerated", async () => {
    expect(await reasonsOf(token, 314)).toEqual([]);
    expect(await reasonsOf(token, 315)).toEqual(["Expired 15 s ago."]);
    expect(await reasonsOf(token, 300 + 3_720)).toEqual(["Expired 1 h 2 min ago."]);
  });

  it("says everything that is wrong, each in a sentence", async () => {
    const { kid, privateKey } = await keyRing().signingKey(NOW);
    const claims = { iss: "https://a.example", aud: "https://b.example", client_id: "c", exp: 0 };
    const sign = (header: object, key: Parameters<SignJWT["sign"]>[0] = privateKey) =>
      new SignJWT(claims).setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid, ...header } as never).sign(key);

    expect(await reasonsOf(await sign({ typ: "JWT", jku: "https://evil.example" }))).toEqual([
      "Wrong type: JWT instead of at+jwt.",
      'Its header says more than it may: ["jku"].',
      "Wrong issuer: this server is http://localhost:3000.",
      "Wrong audience: this server wants http://localhost:3000.",
      "Wrong client: c instead of latchkey.",
      "Expired 20513 d 12 h ago.",
    ]);
    expect((await reasonsOf(await sign({ kid: "x".repeat(43) })))?.[0]).toBe(
      "Wrong key: none of the published ones has this id.",
    );
    expect((await reasonsOf(await sign({ alg: "HS256" }, new Uint8Array(32))))?.[0]).toBe(
      "Wrong algorithm: HS256 instead of ES256.",
    );
    const altered = `${token.slice(0, -9)}${token.at(-9) === "A" ? "B" : "A"}${token.slice(-8)}`;
    expect(await reasonsOf(altered)).toEqual(["Its signature is not of that key: it was altered."]);
  });

  it("says that the session has ended", async () => {
    const other = await signIn(database, NOW);
    const { accessToken } = await issueAccessToken(other, NOW);
    await endSession(other, "revoked_by_user", addSeconds(NOW, 5));

    expect(await reasonsOf(accessToken, 10)).toEqual([
      "Its session ended at 2026-03-01T12:00:05.000Z: revoked_by_user.",
    ]);
  });

  it("takes the keys from the server where there is no database, and judges nothing where there is neither", async () => {
    const [key] = await keyRing().publishedKeys(NOW);
    const away = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("away"));
    const alone = await inspectAccessToken(token, { now: NOW, hasDatabase: false });
    expect([alone?.verified, alone?.reasons]).toEqual([false, []]);

    away.mockResolvedValue(Response.json({ keys: [{ ...key?.jwk, kid: key?.kid, use: "sig", alg: "ES256" }] }));
    const fetched = await inspectAccessToken(token, { now: NOW, hasDatabase: false });
    expect([fetched?.verified, fetched?.reasons, fetched?.gaps]).toEqual([
      true,
      [],
      ["There is no database to ask whether its session has ended."],
    ]);
    expect(away.mock.calls.map(([url]) => String(url))[0]).toBe("http://localhost:3000/.well-known/jwks.json");
  });

  it("lets nothing that a token says reach the terminal's controls", async () => {
    const { kid, privateKey } = await keyRing().signingKey(NOW);
    const evil = await new SignJWT({ iss: "\u001b[2J\u009b31m\u202egood", exp: 1 })
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid })
      .sign(privateKey);

    expect(JSON.stringify((await inspectAccessToken(evil, sources()))?.facts)).not.toMatch(/\\u001b|\u009b|\u202e/);
  });

  it.each(["", "x", "a.b.c", "e30.x.y", "....", "%"])("makes nothing of %j", async (text) => {
    expect(await inspectAccessToken(text, sources())).toBeNull();
    expect(await inspectSessionCookie(text, sources())).toBeNull();
  });
});

describe("inspectSessionCookie", () => {
  it("says in words what a good cookie says", async () => {
    expect(await inspectSessionCookie(cookie, sources(60))).toEqual({
      title: "Session cookie",
      facts: [
        ["sealed", "with the newest secret of AUTH_SECRET, as authjs.session-token"],
        ["person", `${session.sub}, ${session.email}, Ada Lovelace`],
        ["session", `${session.sid}, ends in 29 d 23 h at the latest`],
        ["generation", "0"],
        ["roles", "[], claims version 0"],
        ["signed in", '1 min ago, by password (aal 1, amr ["pwd"])'],
        ["remembered", "no: the browser forgets it when it closes"],
        ["issued", "1 min ago"],
        ["window", "ends in 14 min"],
      ],
      verified: true,
      reasons: [],
      gaps: [],
    });
  });

  it("says that a superseded one would end the session, and does not end it by looking", async () => {
    const other = await signIn(database, NOW);
    const old = sealSessionCookie(other);
    for (const seconds of [1, 2]) {
      const rotated = await rotateSession({ ...other, gen: seconds - 1 }, addSeconds(NOW, seconds));
      expect(rotated.state).toBe("live");
    }
    const reasons = ["Superseded: the session is at generation 2. Presenting this one ends it: reuse_detected."];

    expect((await inspectSessionCookie(old, sources(60)))?.reasons).toEqual(reasons);
    expect(await database.query("SELECT ended_at FROM sessions WHERE id = $1", [other.sid])).toEqual([
      { ended_at: null },
    ]);
  });

  it("says when its secret is not one of ours, and when it is of an AUTH_URL with https", async () => {
    const [secret] = TEST_ENVIRONMENT.AUTH_SECRET.split(",");
    const elsewhere = sealJwe(session, "another-secret-of-another-application-1234", "authjs.session-token");
    const secure = sealJwe(session, secret ?? "", "__Host-authjs.session-token");
    const altered = `${cookie.slice(0, -3)}AAA`;
    const closed =
      "No secret of AUTH_SECRET decrypts it: it was made with another one, for something else, or altered.";

    for (const [text, reason] of [
      [elsewhere, closed],
      [altered, closed],
      [secure, "It was sealed as __Host-authjs.session-token: under an AUTH_URL with the other scheme."],
    ] as const) {
      expect(await inspectSessionCookie(text, sources())).toMatchObject({ facts: [], reasons: [reason] });
    }
  });

  it("says that the time is over", async () => {
    expect((await inspectSessionCookie(cookie, sources(31 * 86_400)))?.reasons).toEqual([
      "Its session is over: absolute_timeout.",
    ]);
    expect((await inspectSessionCookie(cookie, { ...sources(31 * 86_400), hasDatabase: false }))?.reasons).toEqual([
      "The session's time is over, since 1 d ago: absolute_timeout.",
    ]);
  });
});
