import { log } from "@/lib/log";
import { confirmGenerations } from "./data";

/** Enough for as many sessions as are active in one access window on a busy instance; forgetting one costs a small write. */
const MAX_REMEMBERED = 100_000;
const FLUSH_DELAY_MS = 50;

/**
 * Notes in the row that a rotated cookie has arrived (S5, S6), once for each generation and off the request's path: the
 * decision doesn't wait for it, and many are written in one statement.
 *
 * A note that is lost with its instance makes a later thief look like a lost answer, once; it never signs anybody out.
 */
export class Confirmations {
  readonly #noted = new Set<string>();
  #waiting = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  readonly #flushDelayMs: number;

  constructor(options: { flushDelayMs?: number } = {}) {
    this.#flushDelayMs = options.flushDelayMs ?? FLUSH_DELAY_MS;
  }

  /** Notes that `generation` of this session was presented. */
  note(id: string, generation: number): void {
    // The first generation has no predecessor that could be mistaken for stolen.
    if (generation === 0) return;
    const key = `${id}:${generation}`;
    if (this.#noted.has(key)) return;
    if (this.#noted.size >= MAX_REMEMBERED) this.#noted.clear();
    this.#noted.add(key);
    this.#waiting.set(id, Math.max(generation, this.#waiting.get(id) ?? 0));
    this.#timer ??= setTimeout(() => void this.flush(), this.#flushDelayMs);
  }

  /** Writes what waits. What can't be written now waits for the next note of that session. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const batch = [...this.#waiting].map(([id, generation]) => ({ id, generation }));
    this.#waiting = new Map();
    if (batch.length === 0) return;
    try {
      await confirmGenerations(batch);
    } catch (error) {
      for (const { id, generation } of batch) this.#noted.delete(`${id}:${generation}`);
      log.warn({ error, count: batch.length }, "confirmations were not written");
    }
  }
}

const shared = globalThis as { latchkeyConfirmations?: Confirmations };

/** The confirmations of this process. */
export function confirmations(): Confirmations {
  shared.latchkeyConfirmations ??= new Confirmations();
  return shared.latchkeyConfirmations;
}
