import { requireApiSession } from "@/app/_request/api-session";
import { describePasskey } from "@/app/_request/passkey-answer";
import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { requireApiStepUp, requireRecentApiAuthentication } from "@/app/_request/recent-authentication";
import { route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { addPasskey } from "@/features/passkey/add-passkey";
import { findPasskeys } from "@/features/passkey/data";
import { PASSKEY_CHANGE_MAX_AGE_SECONDS } from "@/features/passkey/policy";
import { AddPasskeySchema } from "@/features/passkey/schema";
import { systemClock } from "@/lib/clock";

/** The passkeys of whoever asks, the newest first. */
async function getPasskeys(request: Request): Promise<Response> {
  const { claims, reply } = await requireApiSession(request);
  const passkeys = await findPasskeys(claims.sub);
  return reply(Response.json({ passkeys: passkeys.map(describePasskey) }));
}

/** Adds one: what `PublicKeyCredential.toJSON()` says of it, and perhaps a `name`. */
async function postPasskey(request: Request): Promise<Response> {
  const { claims, reply } = await requireApiSession(request, { fresh: true });
  requireRecentApiAuthentication(claims, PASSKEY_CHANGE_MAX_AGE_SECONDS);
  await requireApiStepUp(claims);
  const answer = await readJson(request, AddPasskeySchema);
  const person = { userId: claims.sub, sessionId: claims.sid, origin: originOf(request.headers) };
  const added = await addPasskey(person, answer, systemClock());
  if (!added.ok) throw new Problem(added.refusal);
  return reply(Response.json(describePasskey(added.value), { status: 201 }));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: getPasskeys, POST: postPasskey });
