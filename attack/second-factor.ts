import { Secret, TOTP } from "otpauth";

import { requireStep } from "./demand";
import type { HttpClient } from "./http-client";
import { newSignedIn, type Person, type SignedIn } from "./person";
import type { Target } from "./target";

const STEP_MS = 30_000;

/** Somebody whose account asks for a second factor. */
export interface FactorOwner extends SignedIn {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** The code of an authenticator app, so many steps of 30 seconds from now. */
export function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * STEP_MS });
}

/** A code that is none of those that could be right now. */
export function wrongCodeOf(secret: string): string {
  const right = [-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps));
  return ["123123", "456456", "789789", "321321", "654654", "987987"].find((code) => !right.includes(code)) ?? "000001";
}

/** A new person with an authenticator app. The code of this step is used up by that. */
export async function newFactorOwner(target: Target): Promise<FactorOwner> {
  const signedIn = await newSignedIn(target);
  const { client } = signedIn;
  const begun = await client.post("/api/second-factor/totp");
  requireStep(begun, 200, "setting up a second factor");
  const { secret } = (await begun.json()) as { secret: string };
  const confirmed = await client.post("/api/second-factor/totp/confirm", { code: codeOf(secret) });
  requireStep(confirmed, 200, "confirming a second factor");
  const { recoveryCodes } = (await confirmed.json()) as { recoveryCodes: string[] };
  return { ...signedIn, secret, recoveryCodes };
}

/** A browser in which the password was right, and the code is still to come. */
export async function afterPassword(target: Target, { email, password }: Person, instance = 0): Promise<HttpClient> {
  const client = target.client(undefined, instance);
  requireStep(await client.post("/api/sign-in", { email, password }), 401, "the password step");
  return client;
}
