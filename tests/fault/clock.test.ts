import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, it } from "vitest";

import type { HttpClient } from "@/attack/http-client";
import { holdAfterEachFault } from "../support/after-each-fault";
import { canMoveClock, newMovableClock } from "../support/movable-clock";
import { expectProblem } from "../support/problem";
import { type ServerInstance, useInstances } from "../support/server-instances";
import { ageCookie, claimsOf, clearsCookie, signInOn, storedSession, storePerson } from "../support/session-cookies";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ACCESS_SECONDS = 15 * MINUTE;
const IDLE_SECONDS = 7 * DAY;
const ABSOLUTE_SECONDS = 30 * DAY;
const GRACE_SECONDS = 1;
const TOLERANCE_SECONDS = 15;

const clock = newMovableClock();
afterAll(clock.remove);

const nowSeconds = () => Date.now() / 1000;
const statusOf = async (client: HttpClient, path = "/api/me") => (await client.get(path)).status;

describe.skipIf(!canMoveClock)(
  "F8: the server's clock is wrong (needs libfaketime: apt-get install libfaketime)",
  () => {
    const instances = useInstances({ ...clock.environment, SESSION_ROTATION_GRACE: String(GRACE_SECONDS) });
    holdAfterEachFault(instances);
    afterEach(() => clock.set(0));

    const server = (): ServerInstance => {
      const [only] = instances().all;
      if (!only) throw new Error("One instance was started.");
      return only;
    };
    const newBrowser = async () => signInOn(server(), await storePerson(instances()));

    it("the server really lives at the other time", async () => {
      clock.set(3 * DAY);
      const { headers } = await server().client().get("/healthz");
      expect(Math.abs(Date.parse(headers.get("date") ?? "") / 1000 - nowSeconds() - 3 * DAY)).toBeLessThan(5);
    });

    it.each([5, -5])("by %i s: nothing happens at all", async (offset) => {
      const browser = await newBrowser();
      clock.set(offset);
      const response = await browser.get("/api/me");
      expect([response.status, response.headers.getSetCookie()]).toEqual([200, []]);
    });

    it.each([2 * MINUTE, -2 * MINUTE, HOUR, -HOUR, DAY, -DAY])(
      "by %i s, and back: nobody is signed out",
      async (offset) => {
        const browser = await newBrowser();
        clock.set(offset);
        expect([await statusOf(browser), await statusOf(browser, "/dashboard")]).toEqual([200, 200]);
        clock.set(0);
        const back = await browser.get("/api/me");
        expect([back.status, clearsCookie(back), await statusOf(browser, "/dashboard")]).toEqual([200, false, 200]);

        // What was issued at the wrong time was replaced: no window is longer than policy, nor the idle time in the row.
        expect(claimsOf(browser).win).toBeLessThanOrEqual(nowSeconds() + ACCESS_SECONDS + TOLERANCE_SECONDS);
        const { sid } = claimsOf(browser);
        const [row] = await instances().query<{ idle: number; end_reason: string | null }>(
          "SELECT extract(epoch FROM idle_expires_at - now())::float AS idle, end_reason FROM sessions WHERE id = $1",
          [sid],
        );
        expect(row?.end_reason).toBeNull();
        expect(row?.idle).toBeLessThanOrEqual(IDLE_SECONDS + TOLERANCE_SECONDS);
      },
    );

    it("A7: idle for longer than the limit: 401 idle_timeout", async () => {
      const [within, beyond] = [await newBrowser(), await newBrowser()];
      clock.set(IDLE_SECONDS - 30);
      expect(await statusOf(within)).toBe(200);
      clock.set(IDLE_SECONDS + 1);
      await expectProblem(await beyond.get("/api/me"), 401, "session_ended", { reason: "idle_timeout" });
      clock.set(0);
      await expectProblem(await beyond.get("/api/me"), 401, "session_ended", { reason: "idle_timeout" });
    });

    it("A7: active every three days, past the absolute limit: 401 absolute_timeout", async () => {
      const browser = await newBrowser();
      for (let days = 3; days * DAY < ABSOLUTE_SECONDS; days += 3) {
        clock.set(days * DAY);
        expect(await statusOf(browser)).toBe(200);
      }
      clock.set(ABSOLUTE_SECONDS + 1);
      await expectProblem(await browser.get("/api/me"), 401, "session_ended", { reason: "absolute_timeout" });
    });

    it("a window that was opened an hour ahead is not believed for an hour after the return", async () => {
      clock.set(HOUR);
      const browser = await newBrowser();
      expect(claimsOf(browser).win).toBeGreaterThan(nowSeconds() + ACCESS_SECONDS);
      clock.set(0);
      // As if it were ended behind the feed's back: whoever asks the row learns it, whoever believes the window doesn't.
      await instances().query("UPDATE sessions SET ended_at = now(), end_reason = 'revoked_by_admin' WHERE id = $1", [
        claimsOf(browser).sid,
      ]);
      await expectProblem(await browser.get("/api/me"), 401, "session_ended", {
        reason: "revoked_by_admin",
      });
    });

    it("an access token that was issued an hour ahead is refused after the return", async () => {
      clock.set(HOUR);
      const { email, password } = await storePerson(instances());
      const answer = await server().client().post("/api/sign-in", { email, password });
      const { accessToken } = (await answer.json()) as { accessToken: string };
      clock.set(0);
      const headers = { authorization: `Bearer ${accessToken}` };
      await expectProblem(await server().client().get("/api/me", { headers }), 401, "unauthenticated");
    });

    it.each([DAY, -DAY])(
      "S6: a stolen cookie is found out, although the clock jumped by %i s meanwhile",
      async (offset) => {
        const browser = await newBrowser();
        const rotate = async () => {
          ageCookie(browser);
          expect(await statusOf(browser)).toBe(200);
        };
        clock.set(offset);
        await rotate();
        const stolen = server().client(browser.cookies);
        clock.set(0);
        await rotate();
        expect(await statusOf(browser)).toBe(200);
        await sleep((GRACE_SECONDS + 1) * 1_000);

        ageCookie(stolen);
        await expectProblem(await stolen.get("/api/me"), 401, "session_ended", { reason: "reuse_detected" });
        expect((await storedSession(instances(), claimsOf(browser).sid)).end_reason).toBe("reuse_detected");
      },
    );
  },
);
