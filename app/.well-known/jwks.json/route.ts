import { route } from "@/app/_request/route";
import { keyRing } from "@/features/signing-key/key-ring";
import { JWKS_CACHE_SECONDS, SIGNING_ALGORITHM } from "@/features/signing-key/policy";
import { systemClock } from "@/lib/clock";

/**
 * The keys that access tokens are signed with, for other services: the one that signs, the one that will, those that did.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7517#section-5
 */
async function getKeys(): Promise<Response> {
  const published = await keyRing().publishedKeys(systemClock());
  const keys = published.map(({ kid, jwk }) => ({ ...jwk, use: "sig", alg: SIGNING_ALGORITHM, kid }));
  return Response.json(
    { keys },
    {
      headers: {
        "Content-Type": "application/jwk-set+json",
        "Cache-Control": `public, max-age=${JWKS_CACHE_SECONDS}`,
      },
    },
  );
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: getKeys });
