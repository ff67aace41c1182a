import { useEffect, useEffectEvent, useRef } from "react";

import { type ApiClient, createApiClient } from "@/lib/api-client/create-api-client";
import type { ApiClientEvent } from "@/lib/api-client/events";

/** A client for as long as the component is on the page; null before it is. */
export function useApiClient(onEvent: (event: ApiClientEvent) => void): () => ApiClient | null {
  const client = useRef<ApiClient>(null);
  const report = useEffectEvent(onEvent);
  useEffect(() => {
    const created = createApiClient();
    created.onEvent((event) => report(event));
    client.current = created;
    return () => {
      client.current = null;
      created.close();
    };
  }, []);
  return () => client.current;
}
