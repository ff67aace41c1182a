import type { RequestOrigin } from "@/features/audit/request-origin";
import type { Result } from "@/lib/result";
import { clientNetwork } from "./client-network";
import type { RateLimited } from "./rate-limited";
import { type TakenTry, takeTries } from "./take-tries";

/** What anybody may ask for, so and so often from one network and from all of them. */
export type LimitedFlow = "sign_up" | "mail" | "code" | "passkey" | "passkey_options" | "reset" | "logout_token";

/** Takes a try for what is limited by network and for everybody. */
export function limitRequest(
  flow: LimitedFlow,
  origin: RequestOrigin | undefined,
): Promise<Result<TakenTry, RateLimited>> {
  const network = clientNetwork(origin?.ip ?? null);
  return takeTries({ [`${flow}_network`]: network, [`${flow}_everybody`]: "" }, { origin });
}
