import { describe, expect, it } from "vitest";

import { GET } from "@/app/api/auth/session/time-left/route";
import { endSession } from "@/features/session/end-session";
import type { SessionClaims } from "@/features/session/session-claims";
import { sealSessionCookie, sessionCookieName } from "@/features/session/session-cookie";
import { addSeconds } from "@/lib/clock";
import { newPerson, newSession, rowOf } from "../../features/session/person";
import { useDatabase } from "../../support/database";

const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;

useDatabase();

async function ask(cookie?: string) {
  const headers: HeadersInit = cookie === undefined ? {} : { cookie: `${sessionCookieName()}=${cookie}` };
  const request = new Request("http://localhost:3000/api/auth/session/time-left", { headers });
  return GET(request, { params: Promise.resolve({}) });
}
const askWith = (claims: SessionClaims) => ask(sealSessionCookie(claims));
const begunAgo = async (seconds: number) => newSession(await newPerson(), addSeconds(new Date(), -seconds));

describe("GET /api/auth/session/time-left", () => {
  it.each([0, HOUR_SECONDS])("tells of a session that was used %i s ago, and moves nothing on", async (seconds) => {
    const claims = await begunAgo(seconds);
    const before = await rowOf(claims);
    const response = await askWith(claims);
    const { idleSeconds, absoluteSeconds } = (await response.json()) as Record<string, number>;

    expect(idleSeconds).toBeGreaterThan(7 * DAY_SECONDS - seconds - 10);
    expect(idleSeconds).toBeLessThanOrEqual(7 * DAY_SECONDS - seconds);
    expect(absoluteSeconds).toBeLessThanOrEqual(30 * DAY_SECONDS - seconds);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await rowOf(claims)).toEqual(before);
  });

  it("answers null for one that is over, was ended, or never was", async () => {
    const ended = await begunAgo(0);
    await endSession(ended, "revoked_by_user", new Date());
    const answers = [
      await askWith(await begunAgo(8 * DAY_SECONDS)),
      await askWith(ended),
      await ask("not-a-cookie-of-ours"),
      await ask(),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([null, null, null, null]);
  });
});
