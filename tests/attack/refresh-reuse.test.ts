import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import type { HttpClient } from "@/attack/http-client";
import { expectProblem } from "../support/problem";
import { useInstances } from "../support/server-instances";
import {
  claimsOf,
  generationsSetBy,
  SESSION_COOKIE,
  signInOn,
  storedSession,
  storePerson,
} from "../support/session-cookies";

const GRACE_SECONDS = 2;
/** A presented generation is noted in the row a moment later. */
const CONFIRMED_AFTER_MS = 100;
const AT_ONCE = [2, 20, 50];
const ROUNDS = 10;

const instances = useInstances(...[1, 2].map(() => ({ SESSION_ROTATION_GRACE: String(GRACE_SECONDS) })));

const pair = () => {
  const [a, b] = instances().all;
  if (!a || !b) throw new Error("Two instances were started.");
  return [a, b] as const;
};
const copyOf = (browser: HttpClient, instance = pair()[0]) => instance.client(browser.cookies);
const pastTheGrace = () => sleep((GRACE_SECONDS + 0.5) * 1_000);

/** Refreshes as often, and keeps a copy of the browser as it was before each time, and as it is now. */
async function refreshTimes(times: number) {
  const person = await storePerson(instances());
  const browser = await signInOn(pair()[0], person);
  const generations = [copyOf(browser)];
  const accessTokens: string[] = [];
  for (let time = 0; time < times; time++) {
    const response = await browser.post("/api/refresh");
    expect(response.status).toBe(200);
    accessTokens.push(((await response.json()) as { accessToken: string }).accessToken);
    expect((await browser.get("/api/me")).status).toBe(200);
    await sleep(CONFIRMED_AFTER_MS);
    generations.push(copyOf(browser));
  }
  const at = (generation: number) => {
    const client = generations[generation];
    if (!client) throw new Error("There is no such generation.");
    return client;
  };
  return { person, browser, at, accessTokens, sid: claimsOf(browser).sid };
}

describe("A15 · S6: a superseded cookie is presented after the grace", () => {
  it("ends the session for all who hold a copy, is written down, and mailed to the owner; other sessions live on", async () => {
    const { person, at, accessTokens, sid } = await refreshTimes(2);
    const elsewhere = await signInOn(pair()[1], person);
    await pastTheGrace();

    const reason = "reuse_detected";
    await expectProblem(await at(0).post("/api/refresh"), 401, "session_ended", { reason });
    for (const generation of [0, 1, 2]) {
      await expectProblem(await at(generation).post("/api/refresh"), 401, "session_ended", { reason });
      await expectProblem(await at(generation).get("/api/me"), 401, "session_ended", { reason });
    }
    for (const accessToken of accessTokens) {
      const headers = { authorization: `Bearer ${accessToken}` };
      await expectProblem(await pair()[0].client().get("/api/me", { headers }), 401, "session_ended", { reason });
    }
    expect((await elsewhere.post("/api/refresh")).status).toBe(200);

    const events = "SELECT kind, user_id FROM audit_events WHERE session_id = $1 AND kind <> 'signed_in'";
    expect(await instances().query(events, [sid])).toEqual([{ kind: "session_reuse_detected", user_id: person.id }]);
    const mails = "SELECT kind FROM outgoing_mails WHERE recipient = $1 AND kind <> 'new_device'";
    expect(await instances().query(mails, [person.email])).toEqual([{ kind: "session_reuse" }]);
  });
});

describe("A16 · S4: one cookie, refreshed many times at once on two instances", () => {
  it.each(AT_ONCE)(`${ROUNDS} rounds of %i: all get the same successor, the row moves once`, async (count) => {
    const { browser, sid } = await refreshTimes(0);
    for (let round = 1; round <= ROUNDS; round++) {
      const tabs = Array.from({ length: count }, (_, index) => copyOf(browser, pair()[index % 2 === 0 ? 0 : 1]));
      const answers = await Promise.all(tabs.map((tab) => tab.post("/api/refresh")));
      const [first] = tabs;
      if (first) browser.cookies.set(SESSION_COOKIE, first.cookies.get(SESSION_COOKIE) ?? "");

      expect({
        statuses: [...new Set(answers.map(({ status }) => status))],
        generations: [...new Set(answers.flatMap(generationsSetBy))],
        row: (await storedSession(instances(), sid)).generation,
      }).toEqual({ statuses: [200], generations: [round], row: round });
    }
  });
});

describe("A17: what a refresh is worth", () => {
  it("the parent within the grace: the same successor", async () => {
    const { at, sid } = await refreshTimes(1);
    const answer = await at(0).post("/api/refresh");
    expect([answer.status, generationsSetBy(answer)]).toEqual([200, [1]]);
    expect(await storedSession(instances(), sid)).toMatchObject({ generation: 1, end_reason: null });
  });

  it("the grandparent, while both its rotations are within their grace: the newest", async () => {
    const { at, sid } = await refreshTimes(2);
    const answer = await at(0).post("/api/refresh");
    expect([answer.status, generationsSetBy(answer)]).toEqual([200, [2]]);
    expect((await storedSession(instances(), sid)).end_reason).toBeNull();
  });

  it("the parent after the grace, its successor never presented: the successor again", async () => {
    const browser = await signInOn(pair()[0], await storePerson(instances()));
    expect((await copyOf(browser).post("/api/refresh")).status).toBe(200);
    await pastTheGrace();
    const answer = await browser.post("/api/refresh");
    expect([answer.status, generationsSetBy(answer)]).toEqual([200, [1]]);
  });

  it("after the sign-out: 401, whichever generation", async () => {
    const { browser, at } = await refreshTimes(1);
    await browser.post("/api/sign-out");
    for (const generation of [0, 1]) {
      const answer = await at(generation).post("/api/refresh");
      await expectProblem(answer, 401, "session_ended", { reason: "signed_out" });
    }
  });

  it("one character changed: 401, and the session lives", async () => {
    const { browser } = await refreshTimes(1);
    const value = browser.cookies.get(SESSION_COOKIE) ?? "";
    const at = value.length - 30;
    const changed = value.slice(0, at) + (value[at] === "A" ? "B" : "A") + value.slice(at + 1);
    const answer = await pair()[0]
      .client(new Map([[SESSION_COOKIE, changed]]))
      .post("/api/refresh");
    await expectProblem(answer, 401, "no_session");
    expect((await browser.post("/api/refresh")).status).toBe(200);
  });
});

describe("A18: each token in another's place", () => {
  it("an access token as cookie, a cookie as access token, either in a mail link's place: refused, and nothing ends", async () => {
    const { browser, accessTokens } = await refreshTimes(1);
    const [accessToken = ""] = accessTokens;
    const cookie = browser.cookies.get(SESSION_COOKIE) ?? "";
    const server = pair()[0];

    const asCookie = () => server.client(new Map([[SESSION_COOKIE, accessToken]]));
    await expectProblem(await asCookie().get("/api/me"), 401, "unauthenticated");
    await expectProblem(await asCookie().post("/api/refresh"), 401, "no_session");
    const headers = { authorization: `Bearer ${cookie}` };
    await expectProblem(await server.client().get("/api/me", { headers }), 401, "unauthenticated");
    const bearer = { headers: { authorization: `Bearer ${accessToken}` } };
    await expectProblem(await server.client().post("/api/refresh", undefined, bearer), 401, "no_session");
    for (const token of [accessToken, cookie]) {
      const answer = await server.client().post("/api/verify-email", { token });
      expect([400, 422]).toContain(answer.status);
    }
    expect((await browser.post("/api/refresh")).status).toBe(200);
  });
});
