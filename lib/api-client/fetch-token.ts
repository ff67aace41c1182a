import type { AccessToken } from "./access-token";
import { RefreshFailedError } from "./errors";
import { parseSignedOutReason, type SignedOutReason } from "./signed-out";

/** What `POST /api/refresh` comes to: a token, or that there is no session any more. */
export type RefreshOutcome = { readonly token: AccessToken } | { readonly signedOut: SignedOutReason };

const TIMEOUT_MS = 15_000;

/**
 * Exchanges the session cookie, which no script can read, for an access token.
 *
 * Only the two refusals that the API has for it mean that nobody is signed in. A 401 of anybody else on the way, such as a
 * proxy that wants a password of its own, is a failure.
 *
 * @throws RefreshFailedError when it isn't known whether there is a session.
 */
export async function fetchToken(url: URL, now: () => number): Promise<RefreshOutcome> {
  const fetchedAtMs = now();
  const { status, retryAfter, body } = await post(url);
  if (status === 200) {
    const { accessToken, expiresIn } = body;
    if (typeof accessToken === "string" && typeof expiresIn === "number") {
      return { token: { value: accessToken, fetchedAtMs, expiresAtMs: fetchedAtMs + expiresIn * 1000 } };
    }
  }
  if (status === 401 && (body["code"] === "no_session" || body["code"] === "session_ended")) {
    return { signedOut: parseSignedOutReason(body["reason"]) };
  }
  const transient = status === 429 || status >= 500;
  throw new RefreshFailedError(`The refresh was answered with ${status}.`, {
    transient,
    retryAfterSeconds: transient ? retryAfter : undefined,
  });
}

interface Answer {
  status: number;
  retryAfter: number | undefined;
  body: Readonly<Record<string, unknown>>;
}

/** Plain fetch: what fetches the token must not wait for the token itself. */
async function post(url: URL): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      credentials: "include",
      cache: "no-store",
      // The answer holds a token: it comes from this address or not at all.
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const retryAfter = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
    return {
      status: response.status,
      retryAfter: Number.isNaN(retryAfter) ? undefined : retryAfter,
      body: parseObject(text),
    };
  } catch (cause) {
    throw new RefreshFailedError("The refresh was not answered.", { transient: true, cause });
  }
}

/** The members of a JSON object; none, if it is anything else. */
function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
