import { originOf } from "@/features/audit/request-origin";
import { type LimitedFlow, limitRequest } from "@/features/rate-limit/limit-request";
import { limitSentence } from "@/features/rate-limit/sentences";
import { type TakenTry, takeTries } from "@/features/rate-limit/take-tries";
import { Problem } from "./problem";
import { requestOrigin } from "./request-origin";
import { getTranslations } from "./translations";

/** In a route handler. @throws Problem `rate_limited` */
export async function requireTry(flow: LimitedFlow, request: Request): Promise<void> {
  await takeTry(flow, request);
}

/** The same where what turns out right doesn't count: it gives its try back. @throws Problem `rate_limited` */
export async function takeTry(flow: LimitedFlow, request: Request): Promise<TakenTry> {
  const taken = await limitRequest(flow, originOf(request.headers));
  if (!taken.ok) throw new Problem(taken.refusal);
  return taken.value;
}

/** The same in a server action: the sentence that its form then says; null: go on. */
export async function findLimit(flow: LimitedFlow): Promise<string | null> {
  const taken = await limitRequest(flow, await requestOrigin());
  return taken.ok ? null : limitSentence(await getTranslations("rules"), taken.refusal);
}

/** Lets a session be renewed on request only so often. Reading it costs nothing, and is not counted. @throws Problem `rate_limited` */
export async function requireRefreshTry(sessionId: string): Promise<void> {
  const taken = await takeTries({ refresh_session: sessionId });
  if (!taken.ok) throw new Problem(taken.refusal);
}
