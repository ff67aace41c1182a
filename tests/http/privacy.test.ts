import { describe, expect, it } from "vitest";
import { signedInClient } from "../support/accounts";
import { ageClient } from "../support/aged-cookie";
import { newHttpClient } from "../support/http-client";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";

const TEN_MINUTES_SECONDS = 600;

const server = useServer();

describe("GET /api/account/export", () => {
  it("is a file with all that is stored about whoever asks", async () => {
    const { client, account } = await signedInClient(server());
    const response = await client.get("/api/account/export");

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="account-export-\d{4}-\d\d-\d\d\.json"$/,
    );
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(await response.json()).toMatchObject({
      account: { email: account.email, name: account.name },
      sessions: [{ method: "password", endedAt: null }],
      auditEvents: expect.arrayContaining([expect.objectContaining({ kind: "account_exported" })]),
    });
  });

  it("is given to a bearer of an access token too", async () => {
    const { client, account } = await signedInClient(server());
    const { accessToken } = (await (await client.post("/api/refresh")).json()) as { accessToken: string };
    const headers = { authorization: `Bearer ${accessToken}` };
    const response = await newHttpClient(server().origin).get("/api/account/export", { headers });

    expect(await response.json()).toMatchObject({ account: { email: account.email } });
  });

  it("A55: asks whoever signed in more than ten minutes ago to do so again", async () => {
    const { client } = await signedInClient(server());
    ageClient(client, TEN_MINUTES_SECONDS - 30);
    expect((await client.get("/api/account/export")).status).toBe(200);
    ageClient(client, 31);
    await expectProblem(await client.get("/api/account/export"), 403, "recent_authentication_required", {
      maxAgeSeconds: TEN_MINUTES_SECONDS,
    });
  });

  it("A93: names nobody, so that there is no other person's to ask for", async () => {
    const { client } = await signedInClient(server());
    await expectProblem(await server().client().get("/api/account/export"), 401, "unauthenticated");
    await expectProblem(await client.get("/api/account/export/00000000-0000-7000-8000-000000000000"), 404, "not_found");
    const { client: other, account } = await signedInClient(server());
    const { user } = (await (await other.get("/api/me")).json()) as { user: { id: string } };
    const text = await (await client.get(`/api/account/export?userId=${user.id}&email=${account.email}`)).text();
    expect(text).not.toContain(user.id);
    expect(text).not.toContain(account.email);
  });
});
