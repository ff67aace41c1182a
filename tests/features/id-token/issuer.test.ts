import { afterAll, afterEach, describe, expect, it } from "vitest";

import { findIssuer } from "@/features/id-token/issuer";
import { METADATA_PATH, startHostileIssuer } from "../../support/hostile-issuer";

const server = await startHostileIssuer({ sub: "1", email: "one@example.com" });
afterEach(() => server.behave());
afterAll(() => server.close());

const find = () => findIssuer(new URL(server.issuer), (url, options) => fetch(url, options as RequestInit));
const kidOf = async () =>
  ((await (await fetch(`${server.issuer}/jwks`)).json()) as { keys: { kid: string }[] }).keys[0]?.kid;

const header = async () => {
  const kid = await kidOf();
  return { alg: "RS256", ...(kid === undefined ? {} : { kid }) };
};
const TOKEN = { payload: "", signature: "" };

describe("findIssuer", () => {
  it("refuses metadata of another issuer, and of one without keys (A68), and asks again afterwards", async () => {
    server.lie({ metadata: (metadata) => ({ ...metadata, issuer: "https://another.example" }) });
    await expect(find()).rejects.toMatchObject({ code: "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED" });
    server.lie({ metadata: ({ jwks_uri: _, ...metadata }) => metadata });
    await expect(find()).rejects.toMatchObject({ code: "issuer_metadata_refused" });
    server.behave();
    expect((await find()).issuer).toBe(server.issuer);
  });

  it("asks for metadata and keys once, however many sign in", async () => {
    const known = await header();
    server.behave();
    await Promise.all(Array.from({ length: 20 }, async () => (await find()).keys(known, TOKEN)));
    expect([server.calls(METADATA_PATH), server.calls("/jwks")]).toEqual([0, 1]);
  });

  it("follows a rotation of keys at once, and no longer believes the old key", async () => {
    const { keys } = await find();
    const old = await header();
    await keys(old, TOKEN);
    await server.rotateKey();
    await keys(await header(), TOKEN);
    await expect(keys(old, TOKEN)).rejects.toMatchObject({ code: "ERR_JWKS_NO_MATCHING_KEY" });
  });

  it("asks at most once a second for keys that nobody knows", async () => {
    const { keys } = await find();
    server.behave();
    const began = performance.now();
    const unknown = (kid: string) =>
      Promise.resolve(keys({ alg: "RS256", kid }, TOKEN)).catch(({ code }: { code: string }) => code);
    const codes = await Promise.all(Array.from({ length: 50 }, (_, index) => unknown(`unknown-${index}`)));
    expect(new Set(codes)).toEqual(new Set(["ERR_JWKS_NO_MATCHING_KEY"]));
    expect(server.calls("/jwks")).toBeLessThanOrEqual(1 + (performance.now() - began) / 1000);
  });
});
