import { takeTry } from "@/app/_request/limits";
import { Problem } from "@/app/_request/problem";
import { readForm } from "@/app/_request/read-form";
import { route } from "@/app/_request/route";
import { endProviderSessions } from "@/features/provider-session/end-provider-sessions";
import { systemClock } from "@/lib/clock";
import { log } from "@/lib/log";
import { issuerMetadata } from "@/providers/issuer-metadata";
import { openIdProvider } from "@/providers/openid-provider";

/**
 * Where a provider tells that somebody has signed out there. The token is the whole proof: no cookie, no origin.
 *
 * @see https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest
 */
async function postLogoutToken(request: Request, { params }: { params: Promise<{ provider: string }> }) {
  const { provider: id } = await params;
  const provider = await openIdProvider(id);
  if (!provider) throw new Problem("not_found");
  const token = (await readForm(request)).get("logout_token");
  if (!token) throw new Problem("invalid_logout_token");
  const taken = await takeTry("logout_token", request);
  const metadata = await issuerMetadata(provider.issuer).catch((error: unknown) => {
    log.warn({ provider: id, error }, "a logout token can't be checked: its issuer is away");
    throw new Problem("temporarily_unavailable");
  });
  const expectations = { ...metadata, clientId: provider.clientId };
  const ended = await endProviderSessions(id, token, expectations, systemClock());
  if (!ended.ok) throw new Problem(ended.refusal);
  await taken.giveBack();
  return new Response(null, { status: 200, headers: { "Cache-Control": "no-store" } });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route<{ provider: string }>({ POST: postLogoutToken });
