import { requireTry } from "@/app/_request/limits";
import { readJson } from "@/app/_request/read-json";
import { route } from "@/app/_request/route";
import { signInOptions } from "@/features/passkey/authentication-options";
import { AuthenticationOptionsSchema } from "@/features/passkey/schema";
import { systemClock } from "@/lib/clock";

/**
 * What a browser needs to sign in with a passkey: the argument of `PublicKeyCredential.parseRequestOptionsFromJSON()`. The
 * same whoever asks for whom, a body or none.
 */
async function postAuthenticationOptions(request: Request): Promise<Response> {
  if (request.headers.has("content-type")) await readJson(request, AuthenticationOptionsSchema);
  await requireTry("passkey_options", request);
  return Response.json(await signInOptions(systemClock()));
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postAuthenticationOptions });
