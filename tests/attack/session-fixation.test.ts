import { describe, expect, it } from "vitest";

import { useInstances } from "../support/server-instances";
import { claimsOf, SESSION_COOKIE, signInOn, storedSession, storePerson } from "../support/session-cookies";

const instances = useInstances({});

const server = () => {
  const [only] = instances().all;
  if (!only) throw new Error("One instance was started.");
  return only;
};

describe("A4: a session cookie that an attacker planted before the sign-in", () => {
  it.each(["made-up", "", "a.b.c.d.e", `${"A".repeat(4000)}`])(
    "is replaced when it is no cookie of ours",
    async (planted) => {
      const { email, password } = await storePerson(instances());
      const victim = server().client(new Map([[SESSION_COOKIE, planted]]));
      expect((await victim.post("/api/sign-in", { email, password })).status).toBe(200);
      expect(victim.cookies.get(SESSION_COOKIE)).not.toBe(planted);
      expect((await victim.get("/api/me")).status).toBe(200);
    },
  );

  it("is replaced when it is the attacker's own, live session, which then is over", async () => {
    const attacker = await signInOn(server(), await storePerson(instances()));
    const { email, password } = await storePerson(instances());
    const victim = server().client(attacker.cookies);
    expect((await victim.post("/api/sign-in", { email, password })).status).toBe(200);

    expect(claimsOf(victim).sid).not.toBe(claimsOf(attacker).sid);
    expect((await (await victim.get("/api/me")).json()).user.email).toBe(email);
    expect((await attacker.get("/api/me")).status).toBe(401);
    expect((await attacker.post("/api/refresh")).status).toBe(401);
    expect((await storedSession(instances(), claimsOf(attacker).sid)).end_reason).toBe("signed_out");
  });

  it("stays what it is when the sign-in fails: nobody is signed out by somebody's wrong password", async () => {
    const person = await storePerson(instances());
    const browser = await signInOn(server(), person);
    const before = browser.cookies.get(SESSION_COOKIE);
    const { email } = person;
    const refused = await browser.post("/api/sign-in", { email, password: "not what was chosen once" });

    expect([refused.status, refused.headers.getSetCookie()]).toEqual([401, []]);
    expect([browser.cookies.get(SESSION_COOKIE), (await browser.get("/api/me")).status]).toEqual([before, 200]);
  });

  it("gives each sign-in a session of its own, and ends the one before in that browser", async () => {
    const person = await storePerson(instances());
    const browser = await signInOn(server(), person);
    const copy = server().client(browser.cookies);
    const { email, password } = person;
    await browser.post("/api/sign-in", { email, password });

    expect(claimsOf(browser).sid).not.toBe(claimsOf(copy).sid);
    expect([(await browser.get("/api/me")).status, (await copy.get("/api/me")).status]).toEqual([200, 401]);
  });
});
