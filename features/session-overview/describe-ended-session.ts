import type { UserId } from "@/features/account/user-id";
import type { Translator } from "@/lib/i18n/translator";
import { isUuid } from "@/lib/uuid";
import { findOwnEndedUserAgent } from "./data";
import { describeDevice } from "./describe-device";

/**
 * The device of a session that has ended, in words.
 *
 * @param sessionId - As received, unverified.
 * @returns null when this person has no such session.
 */
export async function describeEndedSession(
  t: Translator<"account">,
  userId: UserId,
  sessionId: string,
): Promise<string | null> {
  const userAgent = isUuid(sessionId) ? await findOwnEndedUserAgent(userId, sessionId) : undefined;
  return userAgent === undefined ? null : describeDevice(t, userAgent);
}
