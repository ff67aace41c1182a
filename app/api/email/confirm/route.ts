import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { confirmEmailChange } from "@/features/email-change/confirm-email-change";
import { ConfirmEmailChangeSchema } from "@/features/email-change/schema";
import { systemClock } from "@/lib/clock";

async function postConfirm(request: Request): Promise<Response> {
  const { token } = await readJson(request, ConfirmEmailChangeSchema);
  const confirmed = await confirmEmailChange(token, originOf(request.headers), systemClock());
  if (!confirmed.ok) throw new Problem(confirmed.refusal);
  return Response.json({ status: "changed" });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postConfirm });
