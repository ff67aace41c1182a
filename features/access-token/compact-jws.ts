import { type KeyObject, sign, verify } from "node:crypto";

import { SIGNING_ALGORITHM } from "@/features/signing-key/policy";
import { ACCESS_TOKEN_TYPE } from "./policy";

/** Three parts of base64url; `kid`s are SHA-256 thumbprints. */
const COMPACT = /^([\w-]{1,512})\.([\w-]+)\.([\w-]{86})$/;
const KID = /^[\w-]{43}$/;
/** JWS wants the two numbers of an ECDSA signature side by side, not in DER. RFC 7518 section 3.4. */
const ECDSA = { dsaEncoding: "ieee-p1363" } as const;

/** A token taken apart, nothing of it verified. */
export interface UnverifiedJws {
  readonly unverifiedHeader: string;
  readonly kid: string;
  readonly unverifiedClaims: string;
  readonly signature: string;
}

/** Signs claims as a JWS in compact form. */
export function signCompact(claims: object, kid: string, privateKey: KeyObject): string {
  const signed = `${protectedHeader(kid)}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  const signature = sign("sha256", Buffer.from(signed), { key: privateKey, ...ECDSA });
  return `${signed}.${signature.toString("base64url")}`;
}

/**
 * Takes a token apart if it can be one of ours.
 *
 * The header has to be ours to the byte. Algorithm, type and key are so pinned before anything is computed, and `jku`, `jwk`,
 * `x5u`, `crit` and whatever comes next cannot stand in it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 */
export function splitCompact(token: string): UnverifiedJws | null {
  const [, unverifiedHeader, unverifiedClaims, signature] = COMPACT.exec(token) ?? [];
  if (unverifiedHeader === undefined || unverifiedClaims === undefined || signature === undefined) return null;
  const { kid } = parseObject(unverifiedHeader) ?? {};
  if (typeof kid !== "string" || !KID.test(kid) || unverifiedHeader !== protectedHeader(kid)) return null;
  return { unverifiedHeader, kid, unverifiedClaims, signature };
}

/** The claims, once the signature is found to be the key's; null when it isn't. */
export function verifyCompact(jws: UnverifiedJws, publicKey: KeyObject): Record<string, unknown> | null {
  const { unverifiedHeader, unverifiedClaims, signature } = jws;
  const bytes = Buffer.from(signature, "base64url");
  // One spelling for each signature: unused bits of the last character are not let through.
  if (bytes.toString("base64url") !== signature) return null;
  const signed = Buffer.from(`${unverifiedHeader}.${unverifiedClaims}`);
  return verify("sha256", signed, { key: publicKey, ...ECDSA }, bytes) ? parseObject(unverifiedClaims) : null;
}

function protectedHeader(kid: string): string {
  return Buffer.from(JSON.stringify({ alg: SIGNING_ALGORITHM, typ: ACCESS_TOKEN_TYPE, kid })).toString("base64url");
}

function parseObject(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
