import { describe, expect, it } from "vitest";

import { openSessionCookie, sealSessionCookie } from "@/features/session/session-cookie";
import { addSeconds, epochSeconds } from "@/lib/clock";
import { inRequest } from "@/lib/request-context";
import { useDatabase } from "../../support/database";
import { newSession, now } from "./person";

useDatabase();

describe("openSessionCookie", () => {
  it("opens a cookie once in a request, whoever asks how often, and anew in the next", async () => {
    const cookie = sealSessionCookie(await newSession());
    const openTwice = () => [openSessionCookie(cookie, now), openSessionCookie(cookie, now)];
    const [first, second] = inRequest("request-1", openTwice);
    const [elsewhere] = inRequest("request-2", openTwice);

    expect(first).not.toBeNull();
    expect(second).toBe(first);
    expect(elsewhere).toEqual(first);
    expect(elsewhere).not.toBe(first);
  });

  it("takes nothing for it that differs by a character, in the same request", async () => {
    const cookie = sealSessionCookie(await newSession());
    inRequest("request-1", () => {
      expect(openSessionCookie(cookie, now)).not.toBeNull();
      expect(openSessionCookie(`${cookie.slice(0, -2)}AA`, now)).toBeNull();
      expect(openSessionCookie(`${cookie} `, now)).toBeNull();
    });
  });

  it("judges the time anew each time", async () => {
    const claims = await newSession();
    const cookie = sealSessionCookie(claims);
    inRequest("request-1", () => {
      expect(openSessionCookie(cookie, now)?.win).toBe(claims.win);
      expect(openSessionCookie(cookie, addSeconds(now, claims.exp - epochSeconds(now) + 15))?.win).toBe(0);
    });
  });
});
