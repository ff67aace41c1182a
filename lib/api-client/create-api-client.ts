import type { AxiosInstance } from "axios";

import { createBearerHttp } from "./bearer-http";
import type { ApiClientEvent } from "./events";
import { fetchToken } from "./fetch-token";
import { type Locks, RefreshLock } from "./refresh-lock";
import type { SignedOut } from "./signed-out";
import { TokenKeeper } from "./token-keeper";

const REFRESH_PATH = "/api/refresh";

/** How a client is set up. Without options it talks to the origin of the page. */
export interface ApiClientOptions {
  /** Where paths start; only its origin is ever sent the token. By default the page's own. */
  readonly baseURL?: string;
  /** The first listener of `onSignedOut`. */
  readonly onSignedOut?: (signedOut: SignedOut) => void;
  /** In place of `navigator.locks`; null for none. */
  readonly locks?: Locks | null;
  /** In place of `Date.now`. */
  readonly now?: () => number;
}

/** The browser's client of the API. One for a page is enough. */
export interface ApiClient {
  /** axios as ever. Its requests carry the access token, and wait for one where none is at hand. */
  readonly http: AxiosInstance;
  /** Gets a new access token now. @throws SignedOutError or RefreshFailedError */
  refresh(): Promise<void>;
  /** Calls once when the session has ended, whichever tab found out. @returns how to unsubscribe. */
  onSignedOut(listener: (signedOut: SignedOut) => void): () => void;
  /** Calls on everything that happens to the token. @returns how to unsubscribe. */
  onEvent(listener: (event: ApiClientEvent) => void): () => void;
  /** To be called after a sign-in that didn't load a new page: requests are made again, in all tabs. */
  signedIn(): void;
  /** Ends the talk with other tabs, and whatever the client holds for them. Requests can still be made. */
  close(): void;
}

/**
 * A client of the API that keeps itself signed in for as long as the session lives.
 *
 * The access token exists in memory only. The first request fetches it, by the session cookie; a request that comes shortly
 * before its end fetches the next. A 401 that asks for a bearer token fetches another, once for all waiting requests of all
 * tabs, and the request is made once more. When the session has ended, requests reject with `SignedOutError`; when it can't
 * be told because network or server are away, with `RefreshFailedError`, and the next request tries again.
 *
 * @example
 * const api = createApiClient({ onSignedOut: ({ reason }) => showWhy(reason) });
 * const { data } = await api.http.get("/api/me");
 */
export function createApiClient(options: ApiClientOptions = {}): ApiClient {
  const base = new URL(options.baseURL ?? "/", globalThis.location?.href);
  const now = options.now ?? Date.now;
  const listeners = new Set<(event: ApiClientEvent) => void>();
  const keeper = new TokenKeeper({
    name: `latchkey ${base.origin}`,
    lock: new RefreshLock(`latchkey:refresh ${base.origin}`, locksOf(options)),
    fetchToken: () => fetchToken(new URL(REFRESH_PATH, base), now),
    now,
    // A listener that throws is no business of the request that waits.
    report: (event) => {
      for (const listener of listeners) queueMicrotask(() => listener(event));
    },
  });
  const onEvent: ApiClient["onEvent"] = (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const onSignedOut: ApiClient["onSignedOut"] = (listener) =>
    onEvent((event) => {
      if (event.type === "signed_out") listener({ reason: event.reason, at: event.at });
    });
  if (options.onSignedOut) onSignedOut(options.onSignedOut);
  return {
    http: createBearerHttp(base, keeper),
    refresh: async () => void (await keeper.refresh()),
    onSignedOut,
    onEvent,
    signedIn: () => keeper.signedIn(),
    close: () => keeper.close(),
  };
}

/** There are none in documents that aren't served securely, in old browsers, and in old versions of Node. */
function locksOf({ locks }: ApiClientOptions): Locks | null {
  if (locks !== undefined) return locks;
  return globalThis.navigator?.locks ?? null;
}
