import type { SessionClaims } from "@/features/session/session-claims";
import { hasSecondFactor } from "./data";

/**
 * Whether somebody has a second factor that their session has not proved, as in a browser that they trust: what can lock them out of
 * their account, or takes their data along, asks for it first.
 *
 * An account without a second factor has nothing to step up with, and is held to recent authentication alone.
 */
export async function mustStepUp({ sub, aal }: Pick<SessionClaims, "sub" | "aal">): Promise<boolean> {
  return aal < 2 && (await hasSecondFactor(sub));
}
