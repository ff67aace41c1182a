/** What is used of `navigator.locks`. */
export type Locks = Pick<LockManager, "request" | "query">;

/** A tab that the system put to sleep may keep the lock. After so long the others go on without it. */
const PATIENCE_MS = 20_000;
/** By then each tab has long heard the news. */
const ANNOUNCEMENT_MS = 2_000;

/**
 * Lets one tab at a time refresh.
 *
 * Without Web Locks, or when the lock is not to be had, everybody goes in at once. That costs requests and nothing else:
 * within its grace the server gives all of them the same successor (S4).
 *
 * @see https://www.w3.org/TR/web-locks/
 */
export class RefreshLock {
  readonly #locks: Locks | null;
  readonly #name: string;
  readonly #closing = new AbortController();

  constructor(name: string, locks: Locks | null) {
    this.#name = name;
    this.#locks = locks;
  }

  /**
   * Runs `work` when no other tab is at it.
   *
   * @param work - Is given the ids of the news that were announced a moment ago.
   */
  async run<T>(work: (announced: readonly string[]) => Promise<T>): Promise<T> {
    if (!this.#locks) return work([]);
    let entered = false;
    try {
      return await this.#locks.request(this.#name, { signal: AbortSignal.timeout(PATIENCE_MS) }, async () => {
        entered = true;
        return work(await this.#announced());
      });
    } catch (error) {
      if (entered) throw error;
      return work([]);
    }
  }

  /**
   * Tells whoever gets the lock next that there is news under this id. Call it inside `run`.
   *
   * Messages between tabs and locks travel separately: the next tab may get the lock before the message. But what is locked
   * is known to everybody in order. So the news is announced as a lock of its own, held for a moment, that carries its id
   * in its name; whoever sees it knows what message to wait for.
   */
  async announce(id: string): Promise<void> {
    const locks = this.#locks;
    if (!locks) return;
    await new Promise<void>((announced) => {
      const hold = () => {
        announced();
        return this.#moment();
      };
      locks.request(this.#announcement(id), hold).catch(() => announced());
    });
  }

  /** Takes back what is announced. */
  close(): void {
    this.#closing.abort();
  }

  #announcement(id: string): string {
    return `${this.#name} news ${id}`;
  }

  async #announced(): Promise<string[]> {
    const prefix = this.#announcement("");
    const { held = [] } = (await this.#locks?.query()) ?? {};
    return held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  }

  #moment(): Promise<void> {
    const { signal } = this.#closing;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ANNOUNCEMENT_MS);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
