import { createPublicKey, type KeyObject } from "node:crypto";
import * as z from "zod";

import { findSigningKeys } from "@/features/signing-key/data";
import { PublicJwkSchema } from "@/features/signing-key/public-jwk";
import { env } from "@/lib/env/env";

const TIMEOUT_MS = 3_000;
const JwksSchema = z.object({
  keys: z.array(z.object({ kid: z.string(), ...PublicJwkSchema.shape })),
});

/** A published key and what is known of it. */
export interface KnownKey {
  readonly publicKey: KeyObject;
  readonly note: string;
}

/**
 * The published keys by their names: from the database, which also tells their states, else from the server's JWKS.
 *
 * @returns null when neither can be had.
 */
export async function findPublicKeys(hasDatabase: boolean): Promise<ReadonlyMap<string, KnownKey> | null> {
  const fromDatabase = hasDatabase ? await findSigningKeys().catch(() => null) : null;
  if (fromDatabase) {
    const known = fromDatabase.map(({ id, state, publicJwk }) => [id, toKey(publicJwk, state)] as const);
    return new Map(known);
  }
  try {
    const address = new URL("/.well-known/jwks.json", env().AUTH_URL);
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { keys } = JwksSchema.parse(await response.json());
    return new Map(keys.map(({ kid, kty, crv, x, y }) => [kid, toKey({ kty, crv, x, y }, "published")]));
  } catch {
    return null;
  }
}

function toKey(jwk: z.output<typeof PublicJwkSchema>, note: string): KnownKey {
  return { publicKey: createPublicKey({ key: jwk, format: "jwk" }), note };
}
