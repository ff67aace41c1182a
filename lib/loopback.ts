/**
 * Whether a URL's host is this machine itself, so that plain http to it crosses no network.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3 for `localhost` and the names below it
 */
export function isLoopback(url: URL): boolean {
  const host = url.hostname;
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}
