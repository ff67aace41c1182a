import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { expectProblem } from "../support/problem";
import { useInstances } from "../support/server-instances";
import {
  ageCookie,
  claimsOf,
  SESSION_COOKIE,
  type StoredPerson,
  signInOn,
  storePerson,
} from "../support/session-cookies";

const STALENESS_MS = 1_000;

const instances = useInstances({}, {});

const pair = () => {
  const [a, b] = instances().all;
  if (!a || !b) throw new Error("Two instances were started.");
  return [a, b] as const;
};

/** What a thief may have copied: the cookie and an access token. */
async function copyEverything(person: StoredPerson) {
  const browser = await signInOn(pair()[0], person);
  const refreshed = await browser.post("/api/refresh");
  const { accessToken } = (await refreshed.json()) as { accessToken: string };
  return { browser, cookies: new Map(browser.cookies), headers: { authorization: `Bearer ${accessToken}` } };
}

describe("A6: what was copied before the sign-out", () => {
  it.each(["a window that lasts", "a window that is over"])(
    "is worth nothing after it, on any instance: %s",
    async (kind) => {
      const { browser, cookies, headers } = await copyEverything(await storePerson(instances()));
      const out = await browser.post("/api/sign-out");
      expect([out.status, out.headers.get("clear-site-data"), browser.cookies.has(SESSION_COOKIE)]).toEqual([
        ...[204, '"cache", "cookies", "storage"', false],
      ]);
      await sleep(STALENESS_MS);

      for (const instance of pair()) {
        const thief = () => {
          const client = instance.client(cookies);
          if (kind === "a window that is over") ageCookie(client);
          return client;
        };
        const ended = { reason: "signed_out" };
        await expectProblem(await thief().get("/api/me"), 401, "session_ended", ended);
        await expectProblem(await thief().get("/api/sessions"), 401, "session_ended", ended);
        await expectProblem(await thief().post("/api/refresh"), 401, "session_ended", ended);
        await expectProblem(await instance.client().get("/api/me", { headers }), 401, "session_ended", ended);
        const page = await thief().get("/dashboard");
        expect([page.status, page.headers.get("location")]).toEqual([
          307,
          expect.stringContaining("/sign-in?callbackUrl="),
        ]);
        expect(await (await thief().get("/api/auth/session")).json()).toBeNull();
        expect(await (await thief().get("/")).text()).not.toContain(claimsOf({ cookies }).email);
      }
    },
  );

  it("signing out twice, or without ever having signed in, is harmless", async () => {
    const { browser, cookies } = await copyEverything(await storePerson(instances()));
    const [a, b] = pair();
    for (const client of [browser, browser, a.client(cookies), b.client(cookies), b.client()]) {
      expect((await client.post("/api/sign-out")).status).toBe(204);
    }
  });

  it("ends that session alone", async () => {
    const person = await storePerson(instances());
    const [here, there] = [await signInOn(pair()[0], person), await signInOn(pair()[1], person)];
    await here.post("/api/sign-out");
    await sleep(STALENESS_MS);
    expect((await there.get("/api/me")).status).toBe(200);
    ageCookie(there);
    expect((await there.get("/api/me")).status).toBe(200);
  });

  it("is not signed out by another site's page", async () => {
    const { browser } = await copyEverything(await storePerson(instances()));
    const crossSite = await browser.post("/api/sign-out", undefined, { headers: { origin: "https://evil.example" } });
    await expectProblem(crossSite, 403, "cross_origin");
    expect((await browser.get("/api/me")).status).toBe(200);
  });
});
