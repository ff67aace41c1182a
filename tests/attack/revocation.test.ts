import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { expectProblem } from "../support/problem";
import { useInstances } from "../support/server-instances";
import { SESSION_COOKIE, signInOn, storePerson } from "../support/session-cookies";

const ABSOLUTE_SECONDS = 4;
const BETWEEN_REFRESHES_MS = 300;

const instances = useInstances({
  SESSION_ACCESS_TTL: "1",
  SESSION_IDLE_TTL: String(ABSOLUTE_SECONDS),
  SESSION_ABSOLUTE_TTL: String(ABSOLUTE_SECONDS),
});

const server = () => {
  const [instance] = instances().all;
  if (!instance) throw new Error("An instance was started.");
  return instance;
};

describe("A19: revoking, which here is signing out", () => {
  it("answers alike whatever it is given, and ends nothing but the session whose own cookie it was", async () => {
    const [mine, other] = [
      await signInOn(server(), await storePerson(instances())),
      await signInOn(server(), await storePerson(instances())),
    ];
    const refreshed = (await (await other.post("/api/refresh")).json()) as { accessToken: string };
    const attempts = [
      server().client(),
      server().client(new Map([[SESSION_COOKIE, "unknown"]])),
      // Somebody else's token is no cookie, and a cookie with one byte changed is nobody's.
      server().client(new Map([[SESSION_COOKIE, refreshed.accessToken]])),
      server().client(new Map([[SESSION_COOKIE, `${other.cookies.get(SESSION_COOKIE)}A`]])),
      mine,
    ];
    for (const client of attempts) {
      const response = await client.post("/api/sign-out");
      expect([response.status, response.headers.get("cache-control"), await response.text()]).toEqual([
        ...[204, "private, no-store", ""],
      ]);
    }

    const headers = { authorization: `Bearer ${refreshed.accessToken}` };
    expect((await server().client().get("/api/me", { headers })).status).toBe(200);
    expect((await other.get("/api/me")).status).toBe(200);
  });

  it("isn't needed at the absolute end, which comes however often the session is refreshed", async () => {
    const browser = await signInOn(server(), await storePerson(instances()));
    const beganMs = performance.now();
    const { accessToken } = (await (await browser.post("/api/refresh")).json()) as { accessToken: string };
    let refreshed = 0;
    // A thief drops no cookie at its date, as a browser does.
    let kept = new Map(browser.cookies);
    const refresh = async () => {
      const thief = server().client(kept);
      const response = await thief.post("/api/refresh");
      if (thief.cookies.has(SESSION_COOKIE)) kept = new Map(thief.cookies);
      return response;
    };
    let answer = await refresh();
    while (answer.status === 200) {
      refreshed++;
      if (performance.now() - beganMs > 4 * ABSOLUTE_SECONDS * 1_000) throw new Error("It never ended.");
      await sleep(BETWEEN_REFRESHES_MS);
      answer = await refresh();
    }

    const ended = { reason: "absolute_timeout" };
    await expectProblem(answer, 401, "session_ended", ended);
    expect(refreshed).toBeGreaterThan(1);
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await server().client().get("/api/me", { headers })).status).toBe(401);
  });
});
