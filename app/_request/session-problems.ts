import type { SessionEndReason } from "@/features/session/end-reason";
import { Problem } from "./problem";
import { RETRY_AFTER_SECONDS } from "./route";

/** What came of checking a session, by cookie or by access token. */
type CheckedSession = { state: "live" | "none" | "unavailable" } | { state: "ended"; reason: SessionEndReason };

/** Why an API call with this session is refused; null when the session is live. */
export function problemOf(check: CheckedSession): Problem | null {
  switch (check.state) {
    case "live":
      return null;
    case "none":
      return new Problem("unauthenticated", { headers: { "WWW-Authenticate": "Bearer" } });
    case "ended":
      return new Problem("session_ended", {
        members: { reason: check.reason },
        headers: { "WWW-Authenticate": 'Bearer error="invalid_token"' },
      });
    case "unavailable":
      return new Problem("temporarily_unavailable", { headers: { "Retry-After": String(RETRY_AFTER_SECONDS) } });
  }
}
