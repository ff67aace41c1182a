/** Where a person is led to in order to sign out at their provider. */
export interface SignOutRequest {
  /** `end_session_endpoint` of its metadata. */
  readonly endpoint: URL;
  readonly clientId: string;
  /** Tells the provider whom to sign out; null where none was kept: then it has to ask. */
  readonly idToken: string | null;
  /** A page of ours, registered at the provider. */
  readonly returnTo: URL;
}

/**
 * The address of a logout request. It needs no `state`: nothing depends on whether, or how, the person comes back.
 *
 * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout
 */
export function signOutAddress({ endpoint, clientId, idToken, returnTo }: SignOutRequest): URL {
  const address = new URL(endpoint);
  if (idToken !== null) address.searchParams.set("id_token_hint", idToken);
  address.searchParams.set("client_id", clientId);
  address.searchParams.set("post_logout_redirect_uri", returnTo.href);
  return address;
}
