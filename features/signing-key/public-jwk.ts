import * as z from "zod";

/**
 * The public half of a signing key, and nothing else: a private member (`d`) would be refused rather than published.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7518#section-6.2.1
 */
export const PublicJwkSchema = z.strictObject({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: z.string(),
  y: z.string(),
});

export type PublicJwk = z.output<typeof PublicJwkSchema>;
