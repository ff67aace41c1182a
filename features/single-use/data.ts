import "server-only";

import { hashToken } from "@/lib/crypto/random-token";
import { db } from "@/lib/db";

/**
 * Uses up what may be used once, on whichever instance it turns up.
 *
 * @param purpose - What it is for: the same identifier for something else is another one.
 * @param expiresAt - From when on it is refused for its age, so that nobody has to remember it any longer.
 * @returns False when it was used before.
 */
export async function spendOnce(
  purpose: "provider-flow" | "logout-token",
  identifier: string,
  expiresAt: Date,
): Promise<boolean> {
  const { count } = await db().spentIdentifier.createMany({
    data: { hash: hashToken(`${purpose}\0${identifier}`), expiresAt },
    skipDuplicates: true,
  });
  return count === 1;
}
