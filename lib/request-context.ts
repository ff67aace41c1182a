import { AsyncLocalStorage } from "node:async_hooks";

/** What everything that a request sets in motion may know of it. */
interface RequestContext {
  /** The `X-Request-Id` of the answer. */
  readonly requestId: string;
}

// The server's program and Next's bundles each hold their own copy of this module, and share the process.
const shared = globalThis as { latchkeyRequest?: AsyncLocalStorage<RequestContext> };

function storage(): AsyncLocalStorage<RequestContext> {
  shared.latchkeyRequest ??= new AsyncLocalStorage();
  return shared.latchkeyRequest;
}

/** Runs `work`, and all that it starts, as part of this request: each of its log lines carries the id. */
export function inRequest<Value>(requestId: string, work: () => Value): Value {
  return storage().run({ requestId }, work);
}

/** The id of the request that this is part of; undefined outside of one. */
export function currentRequestId(): string | undefined {
  return storage().getStore()?.requestId;
}
