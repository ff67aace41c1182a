import { requireApiSession } from "@/app/_request/api-session";
import { requireApiStepUp, requireRecentApiAuthentication } from "@/app/_request/recent-authentication";
import { route } from "@/app/_request/route";
import { PASSKEY_CHANGE_MAX_AGE_SECONDS } from "@/features/passkey/policy";
import { registrationOptions } from "@/features/passkey/registration-options";
import { systemClock } from "@/lib/clock";

/** What a browser needs to make a passkey: the argument of `PublicKeyCredential.parseCreationOptionsFromJSON()`. */
async function postRegistrationOptions(request: Request): Promise<Response> {
  const { claims, describe, reply } = await requireApiSession(request, { fresh: true });
  requireRecentApiAuthentication(claims, PASSKEY_CHANGE_MAX_AGE_SECONDS);
  await requireApiStepUp(claims);
  const { user } = await describe();
  return reply(Response.json(await registrationOptions(user, systemClock())));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postRegistrationOptions });
