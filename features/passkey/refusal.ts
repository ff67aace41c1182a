import type { UserId } from "@/features/account/user-id";
import { recordAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import type { ChallengePurpose } from "./data";

/** Why a passkey's answer was refused. The client is told none of it. */
export type RefusalReason =
  /** Not one of ours, spent, too late, handed out for something else, or answered inside of another site's page. */
  | "challenge"
  /** Of another origin or relying party, without verification of the person, altered, or not signed by this key. */
  | "answer"
  /** Of somebody else than it was asked from. */
  | "account"
  /** The signature counter went back: there may be a copy of the key. */
  | "counter"
  /** The credential belongs to an account already. */
  | "known_credential";

/** Writes a refusal down, for the person whose account it concerns. */
export async function noteRefusal(refusal: {
  readonly userId: UserId;
  readonly sessionId?: string;
  readonly origin: RequestOrigin;
  readonly purpose: ChallengePurpose;
  readonly reason: RefusalReason;
}): Promise<void> {
  const { purpose, reason, ...event } = refusal;
  await recordAuditEvent({ ...event, kind: "passkey_refused", details: { purpose, reason } });
}
