import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { requireFactorActor } from "@/app/_request/second-factor-actor";
import { lockedProblem } from "@/app/_request/second-factor-problem";
import { CodeOnlySchema } from "@/features/second-factor/schema";
import { turnSecondFactorOff } from "@/features/second-factor/turn-off";
import { beginEnrolment } from "@/features/totp/begin-enrolment";
import { systemClock } from "@/lib/clock";

/** A secret for an authenticator app. It protects nothing until a code of it is confirmed. */
async function postTotp(request: Request): Promise<Response> {
  const { actor, describe, reply } = await requireFactorActor(request);
  const { email } = (await describe()).user;
  const begun = await beginEnrolment({ userId: actor.userId, email }, systemClock());
  if (!begun.ok) throw new Problem(begun.refusal);
  return reply(Response.json(begun.value));
}

async function deleteTotp(request: Request): Promise<Response> {
  const { actor, reply } = await requireFactorActor(request);
  const { code } = await readJson(request, CodeOnlySchema);
  const now = systemClock();
  const verdict = await turnSecondFactorOff(actor, code, now);
  if (verdict === "invalid_code") throw new Problem(verdict);
  if (verdict !== "right") throw lockedProblem(verdict.lockedUntil, now);
  return reply(new Response(null, { status: 204 }));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postTotp, DELETE: deleteTotp });
