import type { SignedOut } from "./signed-out";

/** What happens to the access token. Never the token itself, so that all of it may be shown or logged. */
export type ApiClientEvent =
  | { readonly type: "token_fetched" | "token_from_another_tab"; readonly at: Date; readonly expiresAt: Date }
  | { readonly type: "refresh_failed"; readonly at: Date; readonly transient: boolean }
  | ({ readonly type: "signed_out" } & SignedOut);
