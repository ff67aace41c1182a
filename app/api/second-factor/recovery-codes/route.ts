import { Problem } from "@/app/_request/problem";
import { route } from "@/app/_request/route";
import { requireFactorActor } from "@/app/_request/second-factor-actor";
import { replaceRecoveryCodes } from "@/features/second-factor/replace-recovery-codes";
import { systemClock } from "@/lib/clock";

/** Ten new recovery codes in place of those from before, for whoever has proved both factors. */
async function postRecoveryCodes(request: Request): Promise<Response> {
  const { actor, claims, reply } = await requireFactorActor(request);
  if (claims.aal < 2) throw new Problem("step_up_required");
  const replaced = await replaceRecoveryCodes(actor, systemClock());
  if (!replaced.ok) throw new Problem(replaced.refusal);
  return reply(Response.json(replaced.value));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postRecoveryCodes });
