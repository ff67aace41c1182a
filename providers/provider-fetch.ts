import * as z from "zod";

import { Failure } from "@/lib/failure";
import type { RequestOptions } from "@/lib/outgoing/bounded-fetch";
import { isAllowedUrl, outgoingFetch } from "@/lib/outgoing/outgoing-fetch";
import { ownReach } from "@/lib/outgoing/reach";

const METADATA_PATH = "/.well-known/openid-configuration";

const endpoint = z.string().refine((address) => isAllowedUrl(address, ownReach()));

/** What Auth.js or this application does with the metadata, it does with an address that was looked at here. */
const MetadataSchema = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  userinfo_endpoint: endpoint.optional(),
  end_session_endpoint: endpoint.optional(),
});

/** Mends the issuer of a provider's metadata, given the issuer that was asked for it. */
type MendIssuer = (issuer: string, asked: string) => string;

/** As much of fetch as Auth.js, oauth4webapi and jose use. */
type ProviderFetch = (input: string | URL | Request, init?: RequestOptions) => Promise<Response>;

const asPublished: MendIssuer = (issuer) => issuer;

// One pool of connections for all providers of this bundle.
let call: ReturnType<typeof outgoingFetch> | undefined;

/**
 * The fetch that Auth.js is given for a provider (`customFetch`), and that everything else here calls a provider with.
 *
 * On top of `outgoingFetch` it refuses metadata that send anybody to an address without https. That their `issuer` is the one
 * that was asked is for the caller to check; both of Auth.js's and our own do, by oauth4webapi.
 *
 * @throws Failure `issuer_metadata_refused`, or `outgoing_…`.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
export function providerFetch(mendIssuer = asPublished): ProviderFetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    call ??= outgoingFetch(ownReach());
    const answer = await call(url.href, init);
    if (!url.pathname.endsWith(METADATA_PATH) || answer.status !== 200) return answer;
    const parsed = MetadataSchema.safeParse(await answer.json().catch(() => null));
    if (!parsed.success)
      throw new Failure("issuer_metadata_refused", "The metadata lack an address, or one has no https.");
    const asked = url.href.slice(0, -METADATA_PATH.length - url.search.length);
    // Auth.js wants the address of userinfo even where it never asks there; Apple, for one, has none.
    return Response.json({ userinfo_endpoint: asked, ...parsed.data, issuer: mendIssuer(parsed.data.issuer, asked) });
  };
}
