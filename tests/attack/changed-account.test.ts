import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { expectProblem } from "../support/problem";
import { useInstances } from "../support/server-instances";
import { ageCookie, type StoredPerson, signInOn, storePerson } from "../support/session-cookies";

const STALENESS_MS = 1_000;

const instances = useInstances({});

const server = () => {
  const [only] = instances().all;
  if (!only) throw new Error("One instance was started.");
  return only;
};

/** What disabling an account writes: the mark, the ends of its sessions, and word of them to all instances. */
async function disable({ id }: StoredPerson): Promise<void> {
  await instances().query("UPDATE users SET disabled_at = now() WHERE id = $1", [id]);
  await instances().query(
    `WITH ended AS (UPDATE sessions SET ended_at = now(), end_reason = 'account_disabled' WHERE user_id = $1 RETURNING id)
     INSERT INTO revocation_feed (session_id, end_reason) SELECT id, 'account_disabled' FROM ended`,
    [id],
  );
}

async function setRoles({ id }: StoredPerson, roles: readonly string[]): Promise<void> {
  await instances().query(
    `WITH changed AS (UPDATE users SET roles = $2, claims_version = claims_version + 1 WHERE id = $1 RETURNING id, claims_version)
     INSERT INTO revocation_feed (user_id, claims_version) SELECT id, claims_version FROM changed`,
    [id, [...roles]],
  );
}

describe("A9: the account changes while its session is live", () => {
  it("disabled: refused within a second, everywhere, and there is no way back in", async () => {
    const person = await storePerson(instances());
    const browser = await signInOn(server(), person);
    const { accessToken } = (await (await browser.post("/api/refresh")).json()) as { accessToken: string };
    await disable(person);
    await sleep(STALENESS_MS);

    const reason = "account_disabled";
    await expectProblem(await browser.get("/api/me"), 401, "session_ended", { reason });
    await expectProblem(await browser.post("/api/refresh"), 401, "session_ended", { reason });
    const headers = { authorization: `Bearer ${accessToken}` };
    await expectProblem(await server().client().get("/api/me", { headers }), 401, "session_ended", { reason });
    expect((await browser.get("/dashboard")).status).toBe(307);
    const { email, password } = person;
    await expectProblem(await server().client().post("/api/sign-in", { email, password }), 403, reason);
  });

  it("disabled behind the feed's back: refused when the window is over, at the latest", async () => {
    const person = await storePerson(instances());
    const browser = await signInOn(server(), person);
    await instances().query("UPDATE users SET disabled_at = now() WHERE id = $1", [person.id]);
    ageCookie(browser);
    await expectProblem(await browser.get("/api/me"), 401, "session_ended", { reason: "account_disabled" });
  });

  it("deleted: refused when the window is over, at the latest", async () => {
    const person = await storePerson(instances());
    const browser = await signInOn(server(), person);
    await instances().query("DELETE FROM users WHERE id = $1", [person.id]);
    ageCookie(browser);
    for (const client of [browser, server().client(browser.cookies)]) {
      await expectProblem(await client.get("/api/me"), 401, "session_ended", { reason: "account_deleted" });
    }
  });

  it("given a role and deprived of it: each cookie and each access token says so within a second", async () => {
    const person = await storePerson(instances());
    const browser = await signInOn(server(), person);
    const { accessToken } = (await (await browser.post("/api/refresh")).json()) as { accessToken: string };
    const bearer = { headers: { authorization: `Bearer ${accessToken}` } };
    for (const roles of [["admin"], []]) {
      await setRoles(person, roles);
      await sleep(STALENESS_MS);
      for (const options of [{}, bearer]) {
        const client = "headers" in options ? server().client() : browser;
        const { user } = (await (await client.get("/api/me", options)).json()) as { user: { roles: string[] } };
        expect(user.roles).toEqual(roles);
      }
    }
  });
});
