import { afterEach, describe, expect, it, vi } from "vitest";

import { consentProof } from "@/lib/attack-consent";
import { ATTACK_SECRET, TEST_ENVIRONMENT } from "../support/environment";

const CHALLENGE = "c".repeat(43);

async function ask(secret: string, challenge = CHALLENGE): Promise<Response> {
  vi.resetModules();
  vi.stubEnv("LATCHKEY_ATTACK_TARGET", secret);
  const { GET } = await import("@/app/.well-known/latchkey-attack-target/[challenge]/route");
  const request = new Request(`http://localhost:3000/.well-known/latchkey-attack-target/${challenge}`);
  return GET(request, { params: Promise.resolve({ challenge }) });
}

afterEach(() => vi.unstubAllEnvs());

describe("GET /.well-known/latchkey-attack-target/[challenge]", () => {
  it("proves that the operator agrees", async () => {
    const response = await ask(ATTACK_SECRET);

    expect([response.status, await response.json()]).toEqual([
      200,
      {
        origin: TEST_ENVIRONMENT.AUTH_URL,
        proof: consentProof(ATTACK_SECRET, CHALLENGE, TEST_ENVIRONMENT.AUTH_URL),
      },
    ]);
  });

  it("is not there for anybody where the operator doesn't, nor for what is no challenge", async () => {
    for (const response of [await ask(""), await ask(ATTACK_SECRET, "short")]) {
      expect([response.status, await response.json()]).toEqual([404, expect.objectContaining({ code: "not_found" })]);
    }
  });
});
