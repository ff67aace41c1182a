import { findIssuer } from "@/features/id-token/issuer";
import { providerFetch } from "./provider-fetch";

/**
 * Reads an issuer's metadata, within 5 s, or takes what was read a little earlier.
 *
 * @param issuer - As configured: metadata of another one are refused.
 * @throws Failure, when it can't be had.
 */
export function issuerMetadata(issuer: URL): ReturnType<typeof findIssuer> {
  return findIssuer(issuer, providerFetch());
}
