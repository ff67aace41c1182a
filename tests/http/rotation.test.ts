import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { HttpClient } from "@/attack/http-client";
import { openSessionCookie } from "@/features/session/session-cookie";
import { signedInClient } from "../support/accounts";
import { useServer } from "../support/server";

const SESSION_COOKIE = "authjs.session-token";
const ACCESS_SECONDS = 2;

const server = useServer({ SESSION_ACCESS_TTL: String(ACCESS_SECONDS) });

const generationOf = (client: HttpClient) => openSessionCookie(client.cookies.get(SESSION_COOKIE), new Date())?.gen;

async function rowOf(client: HttpClient) {
  const sid = openSessionCookie(client.cookies.get(SESSION_COOKIE), new Date())?.sid;
  const [row] = await server().database.query<{ generation: number; confirmed_generation: number }>(
    "SELECT generation, confirmed_generation FROM sessions WHERE id = $1",
    [sid],
  );
  return row;
}

describe("a session cookie whose window is over", () => {
  it.each(["/dashboard", "/api/me", "/api/auth/session"])(
    "is exchanged once by %s, and its successor is not yet confirmed",
    async (path) => {
      const { client } = await signedInClient(server());
      await sleep((ACCESS_SECONDS + 0.1) * 1000);
      const response = await client.get(path);
      await sleep(300);

      expect(response.status).toBe(200);
      expect(response.headers.getSetCookie().filter((cookie) => cookie.startsWith(SESSION_COOKIE))).toHaveLength(1);
      expect(generationOf(client)).toBe(1);
      // The answer may have been lost: only a request that brings generation 1 confirms it.
      expect(await rowOf(client)).toEqual({ generation: 1, confirmed_generation: 0 });
    },
  );

  it("takes no word from outside that the gate has exchanged it", async () => {
    const { client } = await signedInClient(server());
    await sleep((ACCESS_SECONDS + 0.1) * 1000);
    await client.get("/api/me");
    await client.get("/api/me", { headers: { "x-latchkey-rotated": "1" } });
    await sleep(300);

    expect(await rowOf(client)).toEqual({ generation: 1, confirmed_generation: 1 });
  });

  it("is left alone inside its window", async () => {
    const { client } = await signedInClient(server());
    const response = await client.get("/api/me");

    expect(response.headers.getSetCookie()).toEqual([]);
    expect(generationOf(client)).toBe(0);
  });
});
