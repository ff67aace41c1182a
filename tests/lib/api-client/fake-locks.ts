import type { Locks } from "@/lib/api-client/refresh-lock";

/**
 * Exclusive Web Locks for clients of one process, which Node 20 doesn't have: enough for `request` with a signal, and
 * `query`.
 */
export function newLocks(): Locks {
  const held = new Map<string, Promise<unknown>>();
  const request = async (
    name: string,
    options: LockOptions | LockGrantedCallback<unknown>,
    granted?: LockGrantedCallback<unknown>,
  ): Promise<unknown> => {
    const [{ signal }, callback] = typeof options === "function" ? [{}, options] : [options as LockOptions, granted];
    while (held.has(name)) await held.get(name);
    signal?.throwIfAborted();
    const work = Promise.resolve(callback?.({ name, mode: "exclusive" }));
    const over = work.then(
      () => held.delete(name),
      () => held.delete(name),
    );
    held.set(name, over);
    return work;
  };
  return {
    request: request as LockManager["request"],
    query: async () => ({ held: [...held.keys()].map((name) => ({ name, mode: "exclusive" })), pending: [] }),
  };
}
