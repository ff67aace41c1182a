import { spendOnce } from "@/features/single-use/data";
import { type FlowSecrets, flowCookieName, openFlowSecrets } from "./flow-cookie";
import { type FlowState, flowExpiresAt, openFlowState } from "./flow-state";

/** A flow that may end now, once. */
export interface OpenFlow extends FlowState, FlowSecrets {
  /** What this browser holds for this one flow, and no other browser and no other flow. */
  readonly token: string;
}

/** What a provider's answer is worth, before a word of it is believed. */
export type Redemption =
  | { readonly outcome: "open"; readonly flow: OpenFlow }
  | {
      /** Begun here, but it took too long, has ended already, or this browser doesn't hold its secrets. */
      readonly outcome: "broken";
      readonly state: FlowState;
      /** Whether this browser shows that it was the one to begin it. */
      readonly begunHere: boolean;
    }
  /** An answer to nothing that was asked of this provider. */
  | { readonly outcome: "unknown" };

/**
 * Finds the flow that a provider's answer belongs to, and uses it up: whatever comes of the answer, none is taken for this flow
 * any more.
 *
 * The order is that of what can be told of the answer: whether its `state` was made here, and for this provider (mix-up,
 * RFC 9700 section 4.4); whether this very browser began the flow (login CSRF, section 4.7); its age; whether it is the first.
 *
 * @param unverifiedState - The `state` parameter, as received.
 * @param provider - The one whose address the answer came to.
 * @param cookieOf - The value of a cookie of the request.
 * @throws When the database can't be asked: then nothing was used up.
 */
export async function redeemFlow(
  unverifiedState: string,
  provider: string,
  cookieOf: (name: string) => string | undefined,
  now: Date,
): Promise<Redemption> {
  const state = openFlowState(unverifiedState);
  if (!state || state.provider !== provider) return { outcome: "unknown" };
  const token = cookieOf(flowCookieName(state.id));
  const secrets = token ? openFlowSecrets(unverifiedState, token) : null;
  if (!token || !secrets) return { outcome: "broken", state, begunHere: false };
  const isUsable = now < flowExpiresAt(state) && (await spendOnce("provider-flow", state.id, flowExpiresAt(state)));
  if (!isUsable) return { outcome: "broken", state, begunHere: true };
  return { outcome: "open", flow: { ...state, ...secrets, token } };
}
