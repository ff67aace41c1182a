import { hkdfSync } from "node:crypto";

import { env } from "@/lib/env/env";

const ID_BYTES = 6;

// Chosen by the heartbeat, read by every bundle that seals.
const shared = globalThis as { latchkeySealingSecretId?: string };
const ids = new Map<string, string>();

/** Names a secret, and tells nothing of it: a derivation of its own. */
export function secretId(secret: string): string {
  const known = ids.get(secret);
  if (known) return known;
  const id = Buffer.from(hkdfSync("sha256", secret, "", "latchkey key id", ID_BYTES)).toString("base64url");
  ids.set(secret, id);
  return id;
}

/** The id of each secret of `AUTH_SECRET`, newest first. */
export function secretIds(): string[] {
  return env().AUTH_SECRET.map(secretId);
}

/**
 * The secret to make things with: the newest that every running instance can open them with (S12). So a new secret may reach
 * one instance after the other, and no browser meets one that can't read its cookie.
 */
export function sealingSecret(): string {
  const secrets = env().AUTH_SECRET;
  const chosen = secrets.find((secret) => secretId(secret) === shared.latchkeySealingSecretId) ?? secrets[0];
  if (chosen === undefined) throw new Error("AUTH_SECRET was validated to hold a secret.");
  return chosen;
}

/**
 * Chooses the secret to make things with.
 *
 * @param others - What each other instance can open.
 */
export function chooseSealingSecret(others: readonly (readonly string[])[]): void {
  const common = secretIds().find((id) => others.every((known) => known.includes(id)));
  if (common === undefined) delete shared.latchkeySealingSecretId;
  else shared.latchkeySealingSecretId = common;
}
