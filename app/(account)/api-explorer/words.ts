import { isAxiosError } from "axios";

import { RefreshFailedError, SignedOutError } from "@/lib/api-client/errors";
import type { ApiClientEvent } from "@/lib/api-client/events";
import type { SignedOutReason } from "@/lib/api-client/signed-out";
import type { Words } from "@/lib/i18n/messages";

/** Each reason that a session ended for, as a page says it. */
export type EndReasons = Words<"auth.endReasons">;

/** Why the session ended, for the person whose it was. */
export function describeEnd(endReasons: EndReasons, reason: SignedOutReason): string {
  if (reason === "no_session") return "Nobody is signed in with this browser any more.";
  if (reason === "signed_out") return "You signed out, in this browser or with a copy of its session.";
  return endReasons[reason];
}

/** One event of the client, as a line of the log. */
export function describeEvent(endReasons: EndReasons, event: ApiClientEvent): string {
  switch (event.type) {
    case "token_fetched":
      return `Fetched an access token, good until ${clockTime(event.expiresAt)}.`;
    case "token_from_another_tab":
      return `Another tab fetched an access token for all, good until ${clockTime(event.expiresAt)}.`;
    case "refresh_failed":
      return event.transient
        ? "No new token could be had just now. You are still signed in."
        : "The server refused a new token without saying that the session has ended.";
    case "signed_out":
      return `Signed out (${event.reason}): ${describeEnd(endReasons, event.reason)}`;
  }
}

/** Why a request has no good answer. */
export function describeFailure(error: unknown): string {
  if (error instanceof SignedOutError) return "Not sent: signed out";
  if (error instanceof RefreshFailedError) return "Not sent: no access token just now";
  if (!isAxiosError(error)) return "Failed";
  return error.response ? String(error.response.status) : "No answer";
}

/** Hours, minutes and seconds as the reader's clock shows them. */
export function clockTime(at: Date): string {
  return at.toLocaleTimeString(undefined, { timeStyle: "medium" });
}
