import { describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { RelyingParty } from "../scripts/development/relying-party";
import { newAddress } from "../support/accounts";
import { expectProblem } from "../support/problem";
import { beginFlow, targetOf } from "../support/provider-flow";
import { useServer } from "../support/server";
import { SESSION_COOKIE } from "../support/session-cookies";

const server = useServer({ AUTH_GOOGLE_LOGOUT: "on" });
const BACK_CHANNEL = "/api/auth/back-channel-logout/google";

/** Signs in at the provider with a browser whose cookies there are kept. */
async function signIn(): Promise<{ client: HttpClient; there: RelyingParty }> {
  const client = server().client();
  const there = new RelyingParty(server().issuer);
  const step = (response: Response) => targetOf(response, server().issuer).href;
  const page = step(await there.visit(await beginFlow(client, "google")));
  const form = { choice: "typed", name: "Somebody", email: newAddress(), verified: "yes" };
  const back = new URL(step(await there.visit(step(await there.choose(page, form)))));
  await client.get(back.pathname + back.search);
  expect((await client.get("/api/me")).status).toBe(200);
  return { client, there };
}

/** Sends the form of "Sign out", which stands outside of its menu, as a browser without scripts does, and returns where that leads. */
async function pressSignOut(client: HttpClient): Promise<URL> {
  const html = await (await client.get("/dashboard")).text();
  const action = /<form id="[^"]*"[^>]*>(?:(?!<\/form>).)*?name="(\$ACTION_ID_[0-9a-f]+)"/s.exec(html)?.[1] ?? "";
  const form = new FormData();
  form.set(action, "");
  const request = new Request(server().origin, { method: "POST", body: form });
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  const body = new Uint8Array(await request.arrayBuffer());
  return targetOf(await client.request("POST", "/dashboard", { headers, body }), server().origin);
}

/** Confirms at the provider that one wants to sign out there, and returns where that leads. */
async function confirmSignOut(there: RelyingParty, address: URL): Promise<URL> {
  const page = await (await there.visit(address)).text();
  const xsrf = /name="xsrf"[^>]*value="([^"]+)"/.exec(page)?.[1] ?? "";
  const body = new URLSearchParams({ xsrf, logout: "yes" });
  const confirm = new URL("/session/end/confirm", server().issuer);
  return targetOf(await there.visit(confirm, { method: "POST", body }), server().issuer);
}

const post = (body: string, type = "application/x-www-form-urlencoded") =>
  server()
    .client()
    .request("POST", BACK_CHANNEL, { body, headers: { origin: null, "content-type": type } });

describe("signing out", () => {
  it("ends the session here, leads to the provider's own sign-out, and back to a page of ours (A67)", async () => {
    const { client, there } = await signIn();
    const copy = new Map(client.cookies);
    const address = await pressSignOut(client);

    expect(address.origin + address.pathname).toBe(`${server().issuer}/session/end`);
    expect(address.searchParams.get("post_logout_redirect_uri")).toBe(`${server().origin}/sign-in?signed-out=1`);
    expect(address.searchParams.get("id_token_hint")).toMatch(/^ey/);
    expect(client.cookies.has(SESSION_COOKIE)).toBe(false);
    for (const [name, value] of copy) client.cookies.set(name, value);
    await expectProblem(await client.get("/api/me"), 401, "session_ended", { reason: "signed_out" });
    expect((await confirmSignOut(there, address)).href).toBe(`${server().origin}/sign-in?signed-out=1`);
  });
});

describe("a provider that tells of a sign-out there", () => {
  it("ends the session that was begun from it, and no other (A67)", async () => {
    const { client, there } = await signIn();
    const { client: another } = await signIn();
    await confirmSignOut(there, new URL("/session/end", server().issuer));

    await expectProblem(await client.get("/api/me"), 401, "session_ended", { reason: "signed_out" });
    expect((await another.get("/api/me")).status).toBe(200);
  });

  it("is not believed without its signature, nor in another form (A67)", async () => {
    for (const body of ["", "logout_token=", "logout_token=x", "logout_token=eyJhbGciOiJub25lIn0.e30."]) {
      await expectProblem(await post(body), 400, "invalid_logout_token");
    }
    await expectProblem(await post("{}", "application/json"), 415, "unsupported_media_type");
    await expectProblem(await post(`logout_token=${"x".repeat(70_000)}`), 413, "body_too_large");
    const client = server().client();
    expect((await client.get(BACK_CHANNEL)).status).toBe(405);
    await expectProblem(await client.post("/api/auth/back-channel-logout/github"), 404, "not_found");
  });
});
