import { errors } from "jose";

/** Why an ID token is not believed. For logs and the audit log: names are stored. */
export type IdTokenRefusal =
  | "id_token_missing"
  | "id_token_malformed"
  | "id_token_algorithm"
  | "id_token_key_unknown"
  | "id_token_signature"
  | "id_token_issuer"
  | "id_token_audience"
  | "id_token_authorized_party"
  | "id_token_expired"
  | "id_token_issued_at"
  | "id_token_not_yet_valid"
  | "id_token_subject"
  | "id_token_access_token_hash";

const BY_CLAIM: Readonly<Record<string, IdTokenRefusal>> = {
  iss: "id_token_issuer",
  aud: "id_token_audience",
  exp: "id_token_expired",
  iat: "id_token_issued_at",
  nbf: "id_token_not_yet_valid",
  sub: "id_token_subject",
};

/**
 * What jose's error means.
 *
 * @returns null when it says nothing about the token: the issuer's keys can't be had.
 */
export function idTokenRefusalOf(error: unknown): IdTokenRefusal | null {
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
    return BY_CLAIM[error.claim] ?? "id_token_malformed";
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return "id_token_algorithm";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "id_token_signature";
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return "id_token_key_unknown";
  }
  const malformed =
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSENotSupported;
  return malformed ? "id_token_malformed" : null;
}
