import type { SessionEndReason } from "@/features/session/end-reason";

/** The defaults of `.env.example`, in milliseconds. */
export const LIFETIMES = {
  accessMs: 900_000,
  idleMs: 604_800_000,
  absoluteMs: 2_592_000_000,
  graceMs: 10_000,
  stalenessMs: 1_000,
  outageGraceMs: 60_000,
} as const;

/** What the row may answer to a presented generation. */
export type Answer = "live" | SessionEndReason;

/** One session as a history: who superseded what when, and what a client has shown. Times by a clock that never steps. */
export class ModelSession {
  generation = 0;
  ended: { reason: SessionEndReason; atMs: number; by: unknown } | null = null;
  /** When each generation was superseded, or its successor last given out again. */
  readonly supersededMs: number[] = [];
  /** Generations that a client has shown, and those of them that the row knows of for certain. */
  readonly presented = new Set([0]);
  readonly confirmed = new Set([0]);
  readonly bornMs: number;
  touchedMs: number;

  constructor(atMs: number) {
    this.bornMs = atMs;
    this.touchedMs = atMs;
  }

  /** THE MODEL. Two answers are allowed while clocks that stepped back by `slackMs` leave room for both, never otherwise. */
  answers(generation: number, atMs: number, slackMs: number): Answer[] {
    if (this.ended) return [this.ended.reason];
    const age = atMs - this.bornMs;
    const idle = atMs - this.touchedMs;
    const over: Answer[] = [];
    if (age >= LIFETIMES.absoluteMs) over.push("absolute_timeout");
    if (idle >= LIFETIMES.idleMs) over.push("idle_timeout");
    if (age >= LIFETIMES.absoluteMs + slackMs || idle >= LIFETIMES.idleMs + slackMs) return over;
    if (generation === this.generation) return [...over, "live"];

    const since = atMs - (this.supersededMs[generation] ?? Number.NEGATIVE_INFINITY);
    const last = generation === this.generation - 1;
    const mayLive = since < LIFETIMES.graceMs + slackMs || (last && !this.confirmed.has(this.generation));
    const mustLive = since < LIFETIMES.graceMs || (last && !this.presented.has(this.generation));
    return [...over, ...(mayLive ? ["live" as const] : []), ...(mustLive ? [] : ["reuse_detected" as const])];
  }

  /** The row moves to the next generation, which says that this one was shown. */
  advance(atMs: number): void {
    this.presented.add(this.generation);
    this.confirmed.add(this.generation);
    this.supersededMs[this.generation] = atMs;
    this.touchedMs = atMs;
    this.generation += 1;
  }

  /** The newest generation is given out once more. */
  giveOutAgain(atMs: number): void {
    this.supersededMs[this.generation - 1] = atMs;
    this.touchedMs = atMs;
  }
}
