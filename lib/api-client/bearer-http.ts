import axios, { type AxiosInstance, type AxiosResponse, CanceledError, type InternalAxiosRequestConfig } from "axios";

import type { AccessToken } from "./access-token";
import type { TokenKeeper } from "./token-keeper";

const TIMEOUT_MS = 15_000;

/** RFC 6750 section 3: the answer of a server that wants a bearer token, or another one than it got. */
const BEARER_CHALLENGE = /(?:^|,)\s*Bearer\b/i;

/**
 * axios with the access token on every request to the API's own origin.
 *
 * The interceptors stand next to the wire: those that are added later see a request before it has a token, and its answer
 * after it was made again.
 */
export function createBearerHttp(base: URL, keeper: TokenKeeper): AxiosInstance {
  const http = axios.create({
    baseURL: base.href,
    adapter: "fetch",
    timeout: TIMEOUT_MS,
    // Nothing here rests on a cookie that scripts can read.
    withXSRFToken: false,
    // Errors end up in logs, and axios puts the request's headers into them.
    redact: ["authorization"],
  });
  const wire = axios.create();
  const sentWith = new WeakMap<object, AccessToken>();

  http.interceptors.request.use(async (config) => {
    if (!isOwn(http, base, config) || config.headers.has("Authorization")) return config;
    attach(config, await untilCanceled(keeper.token(), config), sentWith);
    return config;
  });

  /** Makes a refused request once more. What comes of that is the answer, whatever it is. */
  const repeat = async (response: AxiosResponse): Promise<AxiosResponse | null> => {
    const { config } = response;
    const refused = sentWith.get(config.headers);
    if (!refused || !isRefusal(response)) return null;
    const next = untilCanceled(keeper.token(refused), config);
    if (!isReplayable(config.data)) return next.then(() => null);
    attach(config, await next, sentWith);
    // Past the interceptors, so that it can't happen twice, and with the body as it was already written.
    return wire.request({ ...config, transformRequest: (data: unknown) => data });
  };

  http.interceptors.response.use(
    async (response) => (await repeat(response)) ?? response,
    async (error: unknown) => {
      const response = axios.isAxiosError(error) ? error.response : undefined;
      const repeated = response && (await repeat(response));
      if (repeated) return repeated;
      throw error;
    },
  );
  return http;
}

/**
 * Whether a request goes to the API's origin, by the very address that it will be sent to: absolute, scheme-relative or
 * odd addresses, and those of a `baseURL` of the request's own, are somebody else's until they turn out to be ours.
 */
function isOwn(http: AxiosInstance, base: URL, config: InternalAxiosRequestConfig): boolean {
  try {
    return new URL(http.getUri(config), base).origin === base.origin;
  } catch {
    return false;
  }
}

function attach(config: InternalAxiosRequestConfig, token: AccessToken, sentWith: WeakMap<object, AccessToken>): void {
  config.headers.set("Authorization", `Bearer ${token.value}`);
  // The API redirects nowhere. Somebody who makes it do so must not be sent the token.
  config.fetchOptions = { ...config.fetchOptions, redirect: "error" };
  // axios copies a request's settings on its way; its headers stay the same object.
  sentWith.set(config.headers, token);
}

/**
 * A 401 that asks for a bearer token was answered before anything was done, so that any method may be repeated. One that
 * doesn't, such as "wrong password", is an answer like any other: trying again would count as a second attempt.
 */
function isRefusal({ status, headers }: AxiosResponse): boolean {
  return status === 401 && BEARER_CHALLENGE.test(String(headers["www-authenticate"] ?? ""));
}

/** Streams are gone once they were read. */
function isReplayable(body: unknown): boolean {
  return typeof body !== "object" || body === null || !("getReader" in body || "pipe" in body);
}

/** Waits no longer than whoever made the request does. Others may be waiting for the same token, so that goes on. */
async function untilCanceled<T>(promise: Promise<T>, config: InternalAxiosRequestConfig): Promise<T> {
  const { signal } = config;
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const cancel = () => reject(new CanceledError(undefined, config));
    if (signal.aborted) cancel();
    signal.addEventListener?.("abort", cancel);
    promise.then(resolve, reject).finally(() => signal.removeEventListener?.("abort", cancel));
  });
}
