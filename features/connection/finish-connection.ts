import { recordAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { checkSession } from "@/features/session/check-session";
import { keepWhatProviderGave, type ProviderSignIn } from "@/features/sign-in/sign-in-with-provider";
import { hashToken } from "@/lib/crypto/random-token";
import { inTransaction } from "@/lib/db";
import { type Result, refuse } from "@/lib/result";
import { type ConnectionRequest, findConnectionRequest, spendConnectionRequest } from "./data";
import { describeIdentity } from "./describe-identity";
import { type LinkRefusal, linkIdentity } from "./link-identity";

export type ConnectionRefusal =
  | LinkRefusal
  /** It took too long, or was finished already. */
  | "expired"
  /** The session that asked is over, or this browser holds another one. */
  | "session_ended";

/** A provider's answer, and the browser that brought it. */
export interface ProviderAnswer {
  /** What the browser holds for this one flow: Auth.js has just checked it against the answer. */
  readonly flowToken: string;
  readonly person: ProviderSignIn;
  /** As received, unverified. */
  readonly sessionCookie: string | undefined;
  readonly origin: RequestOrigin;
}

/**
 * Ends a flow that was begun to connect, by linking the identity to the account of the session that began it.
 *
 * The link is made only for that very session, still live, in the browser that holds both its cookie and the flow's: an
 * answer that was obtained elsewhere (login CSRF), by another person, or after signing out links nothing. No session
 * begins, and the cookie stays as it is.
 *
 * @returns null when the flow was begun to sign in.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.7
 */
export async function finishConnection(
  answer: ProviderAnswer,
  now: Date,
): Promise<Result<"connected" | "reconnected", ConnectionRefusal> | null> {
  const { flowToken, person, sessionCookie, origin } = answer;
  const tokenHash = hashToken(flowToken);
  const request = await findConnectionRequest(tokenHash);
  if (!request) return null;
  const { userId, sessionId, provider } = request;
  const linked = (await isLive(request, sessionCookie, now))
    ? await inTransaction(async (database) => {
        const spent = provider === person.provider && (await spendConnectionRequest(database, tokenHash, now));
        if (!spent) return refuse("expired");
        return linkIdentity(database, { userId, sessionId, origin }, describeIdentity(person), now);
      })
    : refuse("session_ended" as const);
  if (!linked.ok) {
    const details = { provider, reason: linked.refusal };
    await recordAuditEvent({ kind: "connection_refused", userId, sessionId, origin, details });
    return linked;
  }
  wakeMailWorker();
  await keepWhatProviderGave(person);
  return linked;
}

async function isLive(request: ConnectionRequest, sessionCookie: string | undefined, now: Date): Promise<boolean> {
  const check = await checkSession(sessionCookie, { now, mayRotate: false, fresh: true });
  return check.state === "live" && check.claims.sid === request.sessionId && check.claims.sub === request.userId;
}
