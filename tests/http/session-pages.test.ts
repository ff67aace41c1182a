import { describe, expect, it } from "vitest";

import { createAccount, signedInClient } from "../support/accounts";
import { ageClient } from "../support/aged-cookie";
import { useServer } from "../support/server";
import { SESSION_COOKIE } from "../support/session-cookies";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0";
const DETAILS_SECONDS = 600;

const server = useServer();

describe("the page of the details", () => {
  const PAGE = "/settings/sessions/details";

  it("is for whoever proved recently who they are; others are asked to, and led back", async () => {
    const { client } = await signedInClient(server());
    ageClient(client, DETAILS_SECONDS - 30);
    expect((await client.get(PAGE)).status).toBe(200);

    ageClient(client, 60);
    const { status, headers } = await client.get(PAGE);
    expect([status, headers.get("location")?.replace(server().origin, "")]).toEqual([
      307,
      `/re-authenticate?callbackUrl=${encodeURIComponent(PAGE)}`,
    ]);
  });

  it("shows neither the cookie nor a secret", async () => {
    const { client } = await signedInClient(server());
    const html = await (await client.get(PAGE)).text();

    expect(html).toContain("HttpOnly");
    for (const part of (client.cookies.get(SESSION_COOKIE) ?? "").split(".").filter(({ length }) => length > 10)) {
      expect(html).not.toContain(part);
    }
    expect(html).not.toContain("only-for-tests");
  });
});

describe("/settings", () => {
  it("leads to the first of its pages", async () => {
    const { client } = await signedInClient(server());
    const { status, headers } = await client.get("/settings");

    expect([status, headers.get("location")?.replace(server().origin, "")]).toEqual([307, "/settings/security"]);
  });
});

describe("/re-authenticate", () => {
  it("sends a visitor to sign in, and from there straight to where they were going", async () => {
    const { status, headers } = await server().client().get("/re-authenticate?callbackUrl=%2Fprofile");

    expect([status, headers.get("location")?.replace(server().origin, "")]).toEqual([
      307,
      "/sign-in?callbackUrl=%2Fprofile",
    ]);
  });

  it("says who is signed in, and leads nowhere but to this site", async () => {
    const { client, account } = await signedInClient(server());
    const html = await (await client.get("/re-authenticate?callbackUrl=https%3A%2F%2Fevil.example")).text();

    expect(html).toContain(account.email);
    expect(html).toContain('name="callbackUrl" value="/dashboard"');
    expect(html).not.toMatch(/(?:href|value|action)="[^"]*evil/);
  });
});

describe("the sign-in page", () => {
  it("tells the browser of an ended session why, and sends it nowhere", async () => {
    const { email, password } = await createAccount(server());
    const [here, there] = [server().client(), server().client()];
    await here.post("/api/sign-in", { email, password });
    await there.post("/api/sign-in", { email, password }, { headers: { "user-agent": FIREFOX } });
    await here.request("DELETE", "/api/sessions");
    const sent = await there.get("/dashboard");
    expect(sent.status).toBe(307);

    const page = await there.get(sent.headers.get("location")?.replace(server().origin, "") ?? "");
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain("This session was ended from another device.");
    expect(html).toContain("Firefox on Windows");
  });

  it.each(["x", "a.b.c.d.e", ""])("tells the cookie %j nothing", async (value) => {
    const client = server().client();
    client.cookies.set(SESSION_COOKIE, value);
    const html = await (await client.get("/sign-in")).text();

    expect(html).not.toMatch(/On this device|signed out|was ended/);
  });

  it("says nothing of a session that its person signed out of", async () => {
    const { client } = await signedInClient(server());
    const copy = client.cookies.get(SESSION_COOKIE) ?? "";
    await client.post("/api/sign-out");
    client.cookies.set(SESSION_COOKIE, copy);
    const html = await (await client.get("/sign-in")).text();

    expect(html).not.toMatch(/On this device|was ended/);
  });
});

describe("a script that sends an action", () => {
  /** The id of an action that is for everybody, as the sign-in page carries it. */
  async function publicAction(): Promise<string> {
    const html = await (await server().client().get("/sign-in")).text();
    const id = /&quot;id&quot;:&quot;([0-9a-f]{40,})&quot;/.exec(html)?.[1];
    if (!id) throw new Error("The sign-in page has no action.");
    return id;
  }

  it.each(["/dashboard", "/profile", "/settings/sessions", "/settings/sessions/details"])(
    "gets nothing of %s by it when nobody is signed in",
    async (page) => {
      for (const action of [await publicAction(), "00".repeat(21), "x", ""]) {
        const headers = {
          "next-action": action,
          accept: "text/x-component",
          "content-type": "text/plain;charset=UTF-8",
        };
        const response = await server().client().request("POST", page, { headers, body: "[]" });

        expect(await response.text()).not.toMatch(/This sign-in|About you|Where you are signed in|The cookie itself/);
      }
    },
  );

  it("is sent to sign in when it sends a plain form", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const response = await server().client().request("POST", "/settings/sessions", { headers, body: "id=x" });

    expect([response.status, response.headers.get("location")?.replace(server().origin, "")]).toEqual([
      303,
      "/sign-in?callbackUrl=%2Fsettings%2Fsessions",
    ]);
  });
});
