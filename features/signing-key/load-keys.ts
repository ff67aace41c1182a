import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

import { unseal } from "@/lib/crypto/seal";
import { Failure } from "@/lib/failure";
import { log } from "@/lib/log";
import { findSigningKeys, type KeyState, type StoredKey } from "./data";
import { isSettled, planKeys } from "./plan-keys";
import type { PublicJwk } from "./public-jwk";
import { tendKeys } from "./tend-keys";

/** The key that signs now. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** A key that what is signed may be verified with. */
export interface PublishedKey {
  readonly kid: string;
  readonly state: KeyState;
  readonly jwk: PublicJwk;
  readonly publicKey: KeyObject;
}

/** The keys as one reading of the database found them. */
export interface LoadedKeys {
  readonly signing: SigningKey;
  readonly published: ReadonlyMap<string, PublishedKey>;
}

/**
 * Reads the keys, after doing what is due about them: making the first one, rotating by age, removing what is over.
 *
 * When no secret opens the current key any more, another one takes its place: whoever is signed in stays so, and what
 * the lost key signed stays valid for its few minutes.
 *
 * @throws Failure `signing_key_lost` when instances without a secret in common keep replacing each other's keys.
 */
export async function loadKeys(now: Date): Promise<LoadedKeys> {
  let keys = await findSigningKeys();
  if (!isSettled(planKeys(keys, now, { kind: "none" }))) keys = await tendKeys(now);
  let current = requireCurrent(keys);
  let privateKey = openPrivateKey(current);
  if (!privateKey) {
    log.warn({ event: "signing_key_lost", keyId: current.id }, "no secret opens the signing key: another one is made");
    keys = await tendKeys(now, { kind: "replace_lost", kid: current.id });
    current = requireCurrent(keys);
    privateKey = openPrivateKey(current);
  }
  if (!privateKey) throw new Failure("signing_key_lost", "No secret of AUTH_SECRET opens the signing key.");
  const published = keys.map((key) => [key.id, publish(key)] as const);
  return { signing: { kid: current.id, privateKey }, published: new Map(published) };
}

/** A stored key as one to verify with. */
function publish({ id: kid, state, publicJwk: jwk }: StoredKey): PublishedKey {
  return { kid, state, jwk, publicKey: createPublicKey({ key: jwk, format: "jwk" }) };
}

function requireCurrent(keys: readonly StoredKey[]): StoredKey {
  const current = keys.find(({ state }) => state === "current");
  if (!current) throw new Failure("signing_key_missing", "There is no current signing key after tending to them.");
  return current;
}

function openPrivateKey({ id, sealedPrivateJwk }: StoredKey): KeyObject | null {
  try {
    const key = JSON.parse(unseal("signing-key", sealedPrivateJwk, id));
    return createPrivateKey({ key, format: "jwk" });
  } catch (error) {
    if (error instanceof Failure && error.code === "seal_broken") return null;
    throw error;
  }
}
