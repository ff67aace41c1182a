/** The page that tells what came of connecting a provider. */
export function outcomePath(provider: string, outcome: string): string {
  return `/settings/connections?${new URLSearchParams({ outcome, provider })}`;
}

/**
 * Where Auth.js is told that a flow which is begun to connect leads to. It never gets there by itself: if the request is
 * gone by the time that the provider answers (a new password takes it away), this alone says that nobody is to be signed in.
 */
export function connectingPath(provider: string): string {
  return outcomePath(provider, "expired");
}
