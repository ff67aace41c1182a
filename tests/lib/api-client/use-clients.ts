import { afterEach } from "vitest";

import { type ApiClient, type ApiClientOptions, createApiClient } from "@/lib/api-client/create-api-client";
import type { ApiClientEvent } from "@/lib/api-client/events";
import type { FakeApi } from "./fake-api";

/** A client of the fake API, and all that it reported. */
export interface WatchedClient extends ApiClient {
  readonly events: ApiClientEvent[];
}

/** Makes clients that are closed after the test. Each is a tab of its own, so to speak. */
export function useClients(api: FakeApi): (options?: ApiClientOptions) => WatchedClient {
  let clients: ApiClient[] = [];
  afterEach(() => {
    for (const client of clients) client.close();
    clients = [];
  });
  return (options = {}) => {
    const client = createApiClient({ baseURL: api.origin, locks: null, ...options });
    const events: ApiClientEvent[] = [];
    client.onEvent((event) => events.push(event));
    clients.push(client);
    return { ...client, events };
  };
}
