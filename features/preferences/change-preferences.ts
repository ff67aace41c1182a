import type * as z from "zod";

import { updateRepeatedClaims } from "@/features/account/data";
import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { revocationFeed } from "@/features/session/revocation-feed";
import { inTransaction } from "@/lib/db";
import type { TimePreferencesSchema } from "./schema";

/** Changes a person's language and time zone, everywhere they are signed in and in mails to them. */
export async function changePreferences(
  userId: UserId,
  preferences: z.output<typeof TimePreferencesSchema>,
  origin: RequestOrigin,
): Promise<void> {
  const version = await inTransaction(async (database) => {
    const current = await updateRepeatedClaims(database, userId, preferences);
    const details = { changed: "dates and times" };
    if (current !== null) await appendAuditEvent(database, { kind: "profile_changed", userId, origin, details });
    return current;
  });
  if (version !== null) revocationFeed().noteClaims(userId, version);
}
