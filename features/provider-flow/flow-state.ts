import * as z from "zod";

import { addSeconds } from "@/lib/clock";
import { seal, unseal } from "@/lib/crypto/seal";
import { Failure } from "@/lib/failure";
import { FLOW_LIFETIME_SECONDS } from "./policy";

/** What a flow's `state` parameter tells whoever made it, and nobody else. */
export interface FlowState {
  /** UUIDv7: names the flow's cookie, and sorts by age. */
  readonly id: string;
  readonly provider: string;
  /** Where the flow leads to, as a path of this site. */
  readonly callbackPath: string;
  readonly startedAt: Date;
  /** It was begun in place of one that broke: it is not to be replaced again. */
  readonly restarted: boolean;
}

const FlowStateSchema = z.object({
  id: z.uuid(),
  provider: z.string(),
  callbackPath: z.string(),
  startedAt: z.coerce.date(),
  restarted: z.boolean(),
});

/**
 * The `state` parameter of a flow: opaque to the provider, guessed by nobody, and good only together with the cookie that it
 * names. It carries what it takes to begin anew, for the case that the cookie is gone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.7.1
 */
export function sealFlowState(state: FlowState): string {
  return Buffer.from(seal("provider-flow", JSON.stringify(FlowStateSchema.parse(state)), "state")).toString(
    "base64url",
  );
}

/**
 * Reads a `state` parameter, of whatever age.
 *
 * @param unverifiedState - As received.
 * @returns null when it wasn't made here, was altered, or its secret is gone.
 */
export function openFlowState(unverifiedState: string): FlowState | null {
  try {
    const opened: unknown = JSON.parse(unseal("provider-flow", Buffer.from(unverifiedState, "base64url"), "state"));
    return FlowStateSchema.safeParse(opened).data ?? null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** Until when a flow may end. */
export function flowExpiresAt({ startedAt }: FlowState): Date {
  return addSeconds(startedAt, FLOW_LIFETIME_SECONDS);
}
