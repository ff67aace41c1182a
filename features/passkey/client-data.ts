import * as z from "zod";

/** What the browser says of a ceremony: https://www.w3.org/TR/webauthn-3/#dictdef-collectedclientdata */
const ClientDataSchema = z.object({
  challenge: z.string().max(1024),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
});

/**
 * The challenge that a response says it answers, unverified; null when it can't be read, or when it comes from a frame in
 * another site's page, where nobody sees whom they confirm to.
 *
 * @param encoded - `clientDataJSON`, as received.
 */
export function readChallenge(encoded: string): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(encoded, "base64url"));
    const { challenge, crossOrigin, topOrigin } = ClientDataSchema.parse(JSON.parse(text));
    return crossOrigin || topOrigin !== undefined ? null : challenge;
  } catch {
    return null;
  }
}
