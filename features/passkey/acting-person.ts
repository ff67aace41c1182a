import type { UserId } from "@/features/account/user-id";
import type { RequestOrigin } from "@/features/audit/request-origin";

/** Who acts on their own passkeys, in which session, from where. */
export interface ActingPerson {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly origin: RequestOrigin;
}
