import { inspect } from "node:util";
import { isAxiosError } from "axios";
import { describe, expect, it } from "vitest";

import { useFakeApi } from "./fake-api";
import { useClients } from "./use-clients";

const api = useFakeApi();
/** Same host, other port: another origin, that records what it gets. */
const evil = useFakeApi();
const client = useClients(api);

const withoutScheme = (origin: string) => origin.replace("http:", "");

describe("the token of createApiClient", () => {
  it.each([
    ["an absolute address", () => evil.origin],
    ["a scheme-relative address", () => withoutScheme(evil.origin)],
    ["an address with odd slashes", () => evil.origin.replace("//", "/\\")],
    ["an address after a space", () => ` ${evil.origin}`],
    ["an address with our host as user", () => `${api.origin}@${evil.origin.replace("http://", "")}`],
    ["an address with our host in its path", () => `${evil.origin}/${api.origin}`],
    ["an address in capitals", () => evil.origin.toUpperCase()],
  ])("never goes to %s of another site", async (_what, address) => {
    const { http } = client();
    await http.get("/api/me");
    await http.get(address()).catch(() => null);
    await http.post(address(), { name: "Ada" }).catch(() => null);

    expect(evil.arrived.map(({ token }) => token)).toEqual(evil.arrived.map(() => null));
    expect(JSON.stringify(evil.arrived)).not.toContain("token-");
  });

  it("never goes where a request's own baseURL leads", async () => {
    const { http } = client();
    await http.get("/api/me");
    await http.get("/api/me", { baseURL: evil.origin }).catch(() => null);

    expect(evil.arrived.map(({ token }) => token)).toEqual([null]);
  });

  it("never goes along with a redirect, which fails", async () => {
    const { http } = client();

    await expect(http.get("/api/me", { params: { to: `${evil.origin}/take` } })).rejects.toMatchObject({
      code: "ERR_NETWORK",
    });
    await expect(http.get("/api/me", { params: { to: "/api/other" } })).rejects.toMatchObject({ code: "ERR_NETWORK" });
    expect(evil.arrived).toEqual([]);
    expect(api.to("/api/other")).toEqual([]);
  });

  it("is not taken from a refresh that was redirected", async () => {
    api.refusal = { status: 307, headers: { location: `${evil.origin}/api/refresh` } };
    const { http } = client();

    await expect(http.get("/api/me")).rejects.toMatchObject({ code: "refresh_failed" });
    expect(evil.arrived).toEqual([]);
  });

  it("does not keep another site's request waiting, nor does its 401 refresh anything", async () => {
    const { http } = client();

    await expect(http.get(evil.origin)).rejects.toMatchObject({ response: { status: 401 } });
    expect(api.arrived).toEqual([]);
    expect(evil.arrived).toHaveLength(1);
  });

  it("goes to an absolute address of our own", async () => {
    const { http } = client({ baseURL: `${api.origin}/api` });
    await http.get("me");
    await http.get(`${api.origin}/api/you`);

    expect(api.arrived.map(({ path, token }) => [path, token])).toEqual([
      ["/api/refresh", null],
      ["/api/me", "token-1"],
      ["/api/you", "token-1"],
    ]);
  });

  it("is not in what an error says of itself", async () => {
    const { http } = client();
    const error: unknown = await http.get("/api/never").catch((thrown: unknown) => thrown);

    expect(isAxiosError(error) && JSON.stringify(error.toJSON())).toContain("/api/never");
    expect(isAxiosError(error) && JSON.stringify(error.toJSON())).not.toContain("token-");
  });

  it("is not in what the client shows, nor in its events", async () => {
    const made = client();
    await made.http.get("/api/me");

    expect(inspect(made, { depth: 20, showHidden: true })).not.toContain("token-1");
  });
});
