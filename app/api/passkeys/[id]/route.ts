import { requireApiSession } from "@/app/_request/api-session";
import { describePasskey } from "@/app/_request/passkey-answer";
import { Problem } from "@/app/_request/problem";
import { readJson } from "@/app/_request/read-json";
import { requireApiStepUp, requireRecentApiAuthentication } from "@/app/_request/recent-authentication";
import { type Handler, route } from "@/app/_request/route";
import { originOf } from "@/features/audit/request-origin";
import { PASSKEY_CHANGE_MAX_AGE_SECONDS } from "@/features/passkey/policy";
import { removePasskey } from "@/features/passkey/remove-passkey";
import { renamePasskey } from "@/features/passkey/rename-passkey";
import { RenamePasskeySchema } from "@/features/passkey/schema";
import { systemClock } from "@/lib/clock";

/** Renames one of one's own passkeys. Somebody else's is not told from one that never was. */
const patchPasskey: Handler<{ id: string }> = async (request, { params }) => {
  const { claims, reply } = await requireApiSession(request);
  const { name } = await readJson(request, RenamePasskeySchema);
  const person = { userId: claims.sub, sessionId: claims.sid, origin: originOf(request.headers) };
  const renamed = await renamePasskey(person, (await params).id, name);
  if (!renamed.ok) throw new Problem(renamed.refusal);
  return reply(Response.json(describePasskey(renamed.value)));
};

/** Removes one of one's own passkeys, unless it is the last way in. */
const deletePasskey: Handler<{ id: string }> = async (request, { params }) => {
  const { claims, reply } = await requireApiSession(request, { fresh: true });
  requireRecentApiAuthentication(claims, PASSKEY_CHANGE_MAX_AGE_SECONDS);
  await requireApiStepUp(claims);
  const person = { userId: claims.sub, sessionId: claims.sid, origin: originOf(request.headers) };
  const removed = await removePasskey(person, (await params).id, systemClock());
  if (!removed.ok) throw new Problem(removed.refusal);
  return reply(new Response(null, { status: 204 }));
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ PATCH: patchPasskey, DELETE: deletePasskey });
