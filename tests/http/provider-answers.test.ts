import { afterAll, describe, expect, it } from "vitest";

import { signedInClient } from "../support/accounts";
import { postToAuth } from "../support/auth-js";
import { HOSTILE_CLIENT, startHostileIssuer } from "../support/hostile-issuer";
import { beginFlow, flowCookiesOf, targetOf } from "../support/provider-flow";
import { useServer } from "../support/server";

const issuer = await startHostileIssuer({ sub: "1001", email: "grace@example.com" });
const server = useServer({
  AUTH_APPLE_ISSUER: issuer.issuer,
  AUTH_APPLE_ID: HOSTILE_CLIENT.id,
  AUTH_APPLE_SECRET: HOSTILE_CLIENT.secret,
});
afterAll(() => issuer.close());

describe("an answer by a form, as Apple's", () => {
  const PATH = "/api/auth/callback/apple";

  async function begin() {
    const browser = server().client();
    const sent = await postToAuth(browser, "/api/auth/signin/apple", { callbackUrl: "/profile" });
    const request = new URL(sent.headers.get("location") ?? "");
    expect(request.searchParams.get("response_mode")).toBe("form_post");
    return { browser, code: issuer.codeFor(request), state: request.searchParams.get("state") ?? "" };
  }
  /** Another site's page posts: without the cookies that this site set, which are all SameSite=Lax. */
  const post = (form: string, origin = issuer.issuer) =>
    server()
      .client()
      .request("POST", PATH, {
        headers: {
          ...{ origin, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
          "content-type": "application/x-www-form-urlencoded",
        },
        body: form,
      });
  const led = (response: Response) => (response.headers.get("location") ?? "").replace(server().origin, "");

  it("leads the browser on with what was answered and nothing more, and signs in with the cookies that then come", async () => {
    // Its ID tokens have no name.
    issuer.lie({ claims: ({ name: _, ...claims }) => claims });
    const { browser, code, state } = await begin();
    const user = JSON.stringify({ name: { firstName: "Grace", lastName: "Hopper" }, email: "other@evil.test" });
    const answer = { code, state, iss: issuer.issuer, user };
    const posted = await post(new URLSearchParams({ ...answer, callbackUrl: "https://evil.example" }).toString());
    expect([posted.status, posted.headers.getSetCookie()]).toEqual([303, []]);
    expect(led(posted)).toBe(`${PATH}?${new URLSearchParams(answer)}`);

    expect(led(await browser.get(led(posted)))).toBe("/profile");
    const { user: signedIn } = (await (await browser.get("/api/me")).json()) as { user: unknown };
    expect(signedIn).toMatchObject({ email: "grace@example.com", name: "Grace Hopper" });
  });

  it("signs nobody in whose browser didn't begin (A64, A65)", async () => {
    const { code, state } = await begin();
    const posted = await post(new URLSearchParams({ code, state, iss: issuer.issuer }).toString());
    const elsewhere = server().client();

    expect(new URL(led(await elsewhere.get(led(posted))), server().origin).origin).not.toBe(server().origin);
    expect((await elsewhere.get("/api/me")).status).toBe(401);
  });

  it("is taken from the provider's own page alone, and explained when it is none", async () => {
    const { code, state } = await begin();
    const form = new URLSearchParams({ code, state }).toString();
    expect((await post(form, "https://evil.example")).status).toBe(403);
    expect((await post(form, "null")).status).toBe(403);
    expect(led(await post(`code=${"x".repeat(7000)}&state=${state}`))).toBe("/auth-error?error=InvalidCheck");
    for (const odd of ["", "state=", `${form}&state=${state}`, "%", "\0=\0"]) {
      expect(
        led(
          await server()
            .client()
            .get(led(await post(odd))),
        ),
      ).toBe("/auth-error?error=InvalidCheck");
    }
  });
});

describe("an answer that says no", () => {
  it("leads somebody who is signed in back to where they were going, signed in as before", async () => {
    const { client, account } = await signedInClient(server());
    const state = (await beginFlow(client, "google", "/profile")).searchParams.get("state") ?? "";
    const no = new URLSearchParams({ error: "access_denied", state, iss: server().issuer });
    const answered = await client.get(`/api/auth/callback/google?${no}`);

    expect(targetOf(answered, server().origin).pathname).toBe("/profile");
    expect(flowCookiesOf(client)).toEqual([]);
    expect(await (await client.get("/api/me")).json()).toMatchObject({ user: { email: account.email } });
  });
});
