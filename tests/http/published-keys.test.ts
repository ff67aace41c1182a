import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from "jose";
import { describe, expect, it } from "vitest";

import { unseal } from "@/lib/crypto/seal";
import { signedInClient } from "../support/accounts";
import { expectProblem } from "../support/problem";
import { useServer } from "../support/server";
import { ROOT } from "../support/source-files";

const server = useServer();

async function newAccessToken(): Promise<string> {
  const { client } = await signedInClient(server());
  const { accessToken } = (await (await client.post("/api/refresh")).json()) as { accessToken: string };
  return accessToken;
}

describe("GET /.well-known/jwks.json", () => {
  it("publishes public keys, for five minutes, to everybody", async () => {
    const accessToken = await newAccessToken();
    const response = await server().client().get("/.well-known/jwks.json");

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/jwk-set+json");
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
    expect(response.headers.getSetCookie()).toEqual([]);
    const coordinate = expect.stringMatching(/^[\w-]{43}$/);
    const { kid } = decodeProtectedHeader(accessToken);
    expect(await response.json()).toEqual({
      keys: [{ kty: "EC", crv: "P-256", x: coordinate, y: coordinate, use: "sig", alg: "ES256", kid }],
    });
  });
});

describe("another service, with examples/verify-access-token.mjs", () => {
  async function verifyElsewhere(token: string) {
    const program = spawn(process.execPath, [join(ROOT, "examples/verify-access-token.mjs"), server().origin]);
    program.stdin.end(token);
    const said = Promise.all([text(program.stdout), text(program.stderr)]);
    const [code] = (await once(program, "exit")) as [number | null];
    const [out, err] = await said;
    return { code, out, err };
  }

  /** Signs with the server's own key, as nobody else could. */
  async function signAsServer(claims: Record<string, unknown>, header: Record<string, unknown>): Promise<string> {
    const [row] = await server().database.query<{ id: string; sealed: Uint8Array }>(
      "SELECT id, sealed_private_jwk AS sealed FROM signing_keys WHERE state = 'current'",
    );
    if (!row) throw new Error("There is no key.");
    const key = await importJWK(JSON.parse(unseal("signing-key", row.sealed, row.id)), "ES256");
    return new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: row.id, ...header }).sign(key);
  }

  it("accepts a good token, and learns who it is for", async () => {
    const accessToken = await newAccessToken();
    const { sub, sid } = decodeJwt(accessToken);
    const verified = await verifyElsewhere(accessToken);

    expect(verified).toEqual({ code: 0, out: expect.any(String), err: "" });
    expect(JSON.parse(verified.out)).toEqual({ sub, sid, roles: [] });
  });

  it("refuses an altered, an expired and an ID token, each for its reason, as the server itself does", async () => {
    const accessToken = await newAccessToken();
    const claims = decodeJwt(accessToken);
    const flipped = accessToken.at(-10) === "A" ? "B" : "A";
    const altered = accessToken.slice(0, -10) + flipped + accessToken.slice(-9);
    const expired = await signAsServer({ ...claims, exp: (claims.iat ?? 0) - 20 }, { typ: "at+jwt" });
    const idToken = await signAsServer({ ...claims, nonce: "n" }, { typ: "JWT" });
    const forOthers = await signAsServer({ ...claims, aud: "https://other.example" }, { typ: "at+jwt" });
    const reasons = [
      [altered, "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"],
      [expired, "ERR_JWT_EXPIRED"],
      [idToken, "ERR_JWT_CLAIM_VALIDATION_FAILED"],
      [forOthers, "ERR_JWT_CLAIM_VALIDATION_FAILED"],
    ] as const;

    for (const [token, reason] of reasons) {
      expect(await verifyElsewhere(token)).toEqual({ code: 1, out: "", err: `refused: ${reason}\n` });
      const byToken = { headers: { authorization: `Bearer ${token}` } };
      await expectProblem(await server().client().get("/api/me", byToken), 401, "unauthenticated");
    }
  });
});
