import { AsyncLocalStorage } from "node:async_hooks";

/** What everything that a request sets in motion may know of it. */
interface RequestContext {
  /** The `X-Request-Id` of the answer. */
  readonly requestId: string;
  readonly results: Map<string, unknown>;
}

// The server's program and Next's bundles each hold their own copy of this module, and share the process.
const shared = globalThis as { latchkeyRequest?: AsyncLocalStorage<RequestContext> };

function storage(): AsyncLocalStorage<RequestContext> {
  shared.latchkeyRequest ??= new AsyncLocalStorage();
  return shared.latchkeyRequest;
}

/** Runs `work`, and all that it starts, as part of this request: each of its log lines carries the id. */
export function inRequest<Value>(requestId: string, work: () => Value): Value {
  return storage().run({ requestId, results: new Map() }, work);
}

/** The id of the request that this is part of; undefined outside of one. */
export function currentRequestId(): string | undefined {
  return storage().getStore()?.requestId;
}

/**
 * What `work` returns, done once for each `key` within one request, and each time outside of one. The gate and the handlers,
 * which are in bundles of their own, so share it; it is in this process's memory alone, where nothing that a request brings
 * along can put anything.
 *
 * @param key - All that the result depends on.
 */
export function onceInRequest<Value>(key: string, work: () => Value): Value {
  const results = storage().getStore()?.results;
  if (!results) return work();
  if (!results.has(key)) results.set(key, work());
  return results.get(key) as Value;
}
