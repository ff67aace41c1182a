import { unseal } from "@/lib/crypto/seal";
import type { TestDatabase } from "./database";

/**
 * The token in the newest mail to an address that still waits to be sent: where no mail server is to be had. The servers of
 * the tests share their secret with the tests.
 */
export async function mailedToken(
  { query }: Pick<TestDatabase, "query">,
  email: string,
  path: "/verify-email" | "/reset-password",
): Promise<string> {
  const mails = await query<{ id: string; content: Buffer }>(
    "SELECT id, sealed_content AS content FROM outgoing_mails WHERE recipient = $1 AND sealed_content IS NOT NULL ORDER BY id DESC",
    [email],
  );
  for (const { id, content } of mails) {
    const token = new RegExp(`${path}\\?token=([A-Za-z0-9_-]+)`).exec(unseal("mail-content", content, id))?.[1];
    if (token) return token;
  }
  throw new Error(`No mail with a link to ${path} waits for ${email}.`);
}
