import type { RequestListener, ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { getAccessToken } from "@/features/provider-token/get-access-token";
import { type ProviderClient, requestRenewal } from "@/features/provider-token/request-renewal";
import { db } from "@/lib/db";
import { log } from "@/lib/log";
import { CLIENT } from "../../scripts/development/relying-party";
import { useDatabase } from "../../support/database";
import { type ConnectedPerson, connectPerson, NOW, obtainTokens, PROVIDER } from "./connected-person";
import { clientOf, startWatchedProvider, type WatchedProvider } from "./watched-provider";

useDatabase();
let provider: WatchedProvider;
let person: ConnectedPerson;
beforeAll(async () => {
  provider = await startWatchedProvider();
  person = await connectPerson(await obtainTokens(provider.issuer, NOW));
});
afterAll(() => provider.close());
afterEach(() => provider.forget());

const DISCOVERY = "/.well-known/openid-configuration";
const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const get = (client: ProviderClient = clientOf(provider.issuer)) =>
  getAccessToken(person.userId, PROVIDER, client, NOW);
const rowOf = () => db().providerToken.findUniqueOrThrow({ where: { accountId: person.accountId } });

const GOOD_ANSWER = { access_token: "A", refresh_token: "R", token_type: "Bearer", expires_in: 3600 };

const TROUBLES: [string, RequestListener, string?][] = [
  ["answers 500", (_, response) => json(response, 500, { error: "server_error" })],
  ["answers 429", (_, response) => json(response, 429, { error: "slow_down" })],
  ["answers 503 in HTML", (_, response) => response.writeHead(503).end("<h1>Back soon</h1>")],
  ["says invalid_grant, but with a server's error", (_, response) => json(response, 500, { error: "invalid_grant" })],
  ["refuses this application, not the token", (_, response) => json(response, 401, { error: "invalid_client" })],
  ["hangs", () => {}],
  ["hangs in the middle of its answer", (_, response) => response.writeHead(200).write('{"access_token":')],
  ["cuts the connection", (request) => request.socket.destroy()],
  ["redirects", (_, response) => response.writeHead(307, { location: "/elsewhere" }).end()],
  ["answers with no JSON", (_, response) => response.writeHead(200).end("access_token=A&token_type=Bearer")],
  ["answers with a list", (_, response) => json(response, 200, [GOOD_ANSWER])],
  ["answers with nothing", (_, response) => response.writeHead(204).end()],
  ["forgets the access token", (_, response) => json(response, 200, { token_type: "Bearer" })],
  ["sends an access token that is no text", (_, response) => json(response, 200, { ...GOOD_ANSWER, access_token: 7 })],
  ["sends 65 KB", (_, response) => json(response, 200, { ...GOOD_ANSWER, padding: "x".repeat(65 * 1024) })],
  ["never stops sending", flood],
  [
    "publishes another issuer's metadata",
    (_, response) => json(response, 200, metadata("https://a.example")),
    DISCOVERY,
  ],
  ["publishes no metadata", (_, response) => json(response, 404, {}), DISCOVERY],
  ["publishes no token endpoint", (_, response) => json(response, 200, { issuer: provider.issuer }), DISCOVERY],
  [
    "sends its clients to another machine without encryption",
    (_, response) => json(response, 200, metadata(provider.issuer, "http://192.0.2.1/token")),
    DISCOVERY,
  ],
];

function metadata(issuer: string, token_endpoint = `${provider.issuer}/token`) {
  return { issuer, token_endpoint };
}

function flood(_: unknown, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  const write = () => {
    while (!response.destroyed && response.write(" ".repeat(16_384)));
  };
  response.on("drain", write);
  write();
}

describe("a provider that", () => {
  it.each(TROUBLES)("%s is away for the moment: nothing changes", async (_name, answer, path) => {
    const elsewhere = vi.fn<RequestListener>((_request, response) => void json(response, 200, GOOD_ANSWER));
    provider.interfere(elsewhere, "/elsewhere");
    provider.interfere(answer, path);
    const { updatedAt: _ignored, ...before } = await rowOf();
    const began = performance.now();

    expect(await get()).toEqual({ ok: false, refusal: "temporarily_unavailable" });
    expect(performance.now() - began).toBeLessThan(6_000);
    expect(elsewhere).not.toHaveBeenCalled();
    expect(await rowOf()).toMatchObject(before);
    expect(before).toMatchObject({ leaseOwner: null, leaseUntil: null, needsConsentAt: null });
  });

  it("isn't there is away for the moment too", async () => {
    expect(await get(clientOf("http://localhost:1"))).toEqual({ ok: false, refusal: "temporarily_unavailable" });
  });

  it("was away is asked again by the next caller, with the same refresh token", async () => {
    provider.interfere((_, response) => json(response, 500, {}));
    expect(await get()).toMatchObject({ ok: false });
    provider.forget();
    // It has been through all of the above, and the provider has not seen it once.
    expect(await get()).toMatchObject({ ok: true });
  });
});

describe("requestRenewal", () => {
  const request = (client: Partial<ProviderClient> = {}) =>
    requestRenewal({ ...clientOf(provider.issuer), ...client }, "the refresh token", NOW);
  const tokens = { accessToken: "A", refreshToken: "R", scope: null, tokenType: "bearer" };
  const renewed = { kind: "renewed", tokens: { ...tokens, expiresAt: new Date("2026-03-01T13:00:00.000Z") } };

  it("sends the refresh token and authenticates with the header, as at the sign-in", async () => {
    const seen: unknown[] = [];
    provider.interfere((incoming, response) => {
      let body = "";
      incoming.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      incoming.on("end", () => {
        seen.push([incoming.method, incoming.headers.authorization, incoming.headers["content-type"], body]);
        json(response, 200, GOOD_ANSWER);
      });
    });
    expect(await request()).toEqual(renewed);
    expect(await request({ authenticationMethod: "client_secret_post" })).toEqual(renewed);
    const basic = Buffer.from(`${CLIENT.clientId}:${CLIENT.clientSecret}`).toString("base64");
    const form = "application/x-www-form-urlencoded;charset=UTF-8";
    const grant = "refresh_token=the+refresh+token&grant_type=refresh_token";
    expect(seen).toEqual([
      ["POST", `Basic ${basic}`, form, grant],
      ["POST", undefined, form, expect.stringContaining(`client_secret=${CLIENT.clientSecret}`)],
    ]);
  });

  it("needs no metadata where the address is configured", async () => {
    provider.interfere((_, response) => json(response, 500, {}), DISCOVERY);
    provider.interfere((_, response) => json(response, 200, GOOD_ANSWER));
    expect(await request({ endpoint: { url: new URL("/token", provider.issuer) } })).toEqual(renewed);
  });

  it.each([
    ["a broken ID token, which is of no use here", { id_token: "not.a.token" }],
    ["members that are null", { scope: null, id_token: null }],
    ["a lifetime in words", { expires_in: "3600" }],
  ])("does not throw away rotated tokens over %s", async (_name, members) => {
    provider.interfere((_, response) => json(response, 200, { ...GOOD_ANSWER, ...members }));
    expect(await request()).toEqual(renewed);
  });

  it("lets a provider's own workaround mend the answer", async () => {
    provider.interfere((_, response) => json(response, 200, { ...GOOD_ANSWER, scope: ["a", "b"] }));
    expect(await request()).toMatchObject({ kind: "unavailable" });
    const conform = async (answer: Response) => Response.json({ ...((await answer.json()) as object), scope: "a b" });
    expect(await request({ conform })).toEqual({ ...renewed, tokens: { ...renewed.tokens, scope: "a b" } });
  });

  it.each([
    ["RFC 6749's", 400, "invalid_grant"],
    ["GitHub's, which comes with status 200,", 200, "bad_refresh_token"],
  ])("takes %s code for a refusal", async (_name, status, error) => {
    provider.interfere((_, response) => json(response, status, { error }));
    expect(await request()).toEqual({ kind: "refused" });
  });

  it("takes a refusal with a challenge for a refusal", async () => {
    provider.interfere((_, response) => {
      response.setHeader("www-authenticate", 'Basic realm="here"');
      json(response, 400, { error: "invalid_grant" });
    });
    expect(await request()).toEqual({ kind: "refused" });
  });

  it("says why in words that hold nothing of the answer, and logs no token", async () => {
    const warn = vi.spyOn(log, "warn");
    provider.interfere((_, response) =>
      json(response, 200, { access_token: 7, refresh_token: "secret of the answer" }),
    );
    expect(await request()).toEqual({ kind: "unavailable", reason: "OperationProcessingError OAUTH_INVALID_RESPONSE" });
    const { userId } = await connectPerson({ ...person.issued, refreshToken: "secret of the row" });
    await getAccessToken(userId, PROVIDER, clientOf(provider.issuer), NOW);
    expect(warn.mock.calls).toEqual([
      [
        expect.objectContaining({ reason: "OperationProcessingError OAUTH_INVALID_RESPONSE" }),
        "tokens could not be renewed",
      ],
    ]);
    expect(JSON.stringify(warn.mock.calls)).not.toContain("secret");
  });
});
