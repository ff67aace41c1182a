import { createHash, generateKeyPairSync } from "node:crypto";

import { seal } from "@/lib/crypto/seal";
import type { StoredKey } from "./data";
import { type PublicJwk, PublicJwkSchema } from "./public-jwk";

/** A new key pair, its private half sealed under the newest secret. */
export function makeKey(): Pick<StoredKey, "id" | "publicJwk" | "sealedPrivateJwk"> {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const publicJwk = PublicJwkSchema.parse(publicKey.export({ format: "jwk" }));
  const id = thumbprint(publicJwk);
  const privateJwk = JSON.stringify(privateKey.export({ format: "jwk" }));
  return { id, publicJwk, sealedPrivateJwk: seal("signing-key", privateJwk, id) };
}

/**
 * The key's name, which is told by the key alone: nobody can give another key the same one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7638#section-3 members in this order, without spaces
 */
export function thumbprint({ crv, kty, x, y }: PublicJwk): string {
  return createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
}
