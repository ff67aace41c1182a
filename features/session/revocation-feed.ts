import { env } from "@/lib/env/env";
import { log } from "@/lib/log";
import { readFeed } from "./data";
import { parseEndReason, type SessionEndReason } from "./end-reason";
import { CLOCK_TOLERANCE_SECONDS } from "./policy";
import type { SessionClaims } from "./session-claims";

/**
 * Rows appear in the order of their commits, not of their times: each reading goes back by more than the longest
 * transaction can last (3 s, see lib/db.ts), so that one which was open at the last reading is not missed.
 */
const OVERLAP_SECONDS = 10;

/** Clocks that differ by less agree: the way of a reading takes up to as long. */
const NEGLIGIBLE_SKEW_MS = 1_000;

/** What the feed says of a session inside its access window. */
export type FeedVerdict =
  | { kind: "nothing" }
  | { kind: "ended"; reason: SessionEndReason }
  | { kind: "claims_changed" };

interface Known<Value> {
  readonly value: Value;
  /** Milliseconds of the monotonic clock. Kept until no cookie from before can be inside its window. */
  readonly forgetAtMs: number;
}

/**
 * What this instance knows of recent revocations and changed claims (S3). Never the truth: the rows are.
 *
 * A reading that began less than the allowed staleness ago answers at once and without a query. Otherwise all that wait
 * share one reading, which began after the first of them came.
 */
export class RevocationFeed {
  readonly #ended = new Map<string, Known<SessionEndReason>>();
  readonly #claims = new Map<string, Known<number>>();
  readonly #nowMs: () => number;
  readonly #wallMs: () => number;
  readonly #read: typeof readFeed;
  /** Database time of the last successful reading. */
  #readUntil: Date | null = null;
  /** Monotonic time at which the last successful reading began. */
  #goodSinceMs = Number.NEGATIVE_INFINITY;
  #current: Promise<boolean> | null = null;
  #next: Promise<boolean> | null = null;
  #worstStalenessMs = 0;
  #clockSkewMs = 0;

  constructor(options: { nowMs?: () => number; wallMs?: () => number; read?: typeof readFeed } = {}) {
    this.#nowMs = options.nowMs ?? (() => performance.now());
    this.#wallMs = options.wallMs ?? Date.now;
    this.#read = options.read ?? readFeed;
  }

  /**
   * Makes sure that the feed is at most `maxStalenessSeconds` old.
   *
   * @returns "current"; "aged" when the database is away but was read within the outage's grace (S10); else "unavailable".
   */
  async ensure(maxStalenessSeconds: number): Promise<"current" | "aged" | "unavailable"> {
    const askedAtMs = this.#nowMs();
    const allowedMs = maxStalenessSeconds * 1000;
    const due = allowedMs === 0 || askedAtMs - this.#goodSinceMs > allowedMs;
    const current = !due || (await this.#refreshSince(askedAtMs - allowedMs));
    const ageMs = this.#nowMs() - this.#goodSinceMs;
    if (!current && (allowedMs === 0 || ageMs > env().REVOCATION_OUTAGE_GRACE * 1000)) return "unavailable";
    this.#worstStalenessMs = Math.max(this.#worstStalenessMs, ageMs);
    return current ? "current" : "aged";
  }

  /** What is known of this session. Call `ensure` first. */
  verdict(claims: Pick<SessionClaims, "sid" | "sub" | "cv">): FeedVerdict {
    const ended = this.#ended.get(claims.sid);
    if (ended) return { kind: "ended", reason: ended.value };
    const changed = this.#claims.get(claims.sub);
    return changed && changed.value > claims.cv ? { kind: "claims_changed" } : { kind: "nothing" };
  }

  /** Notes an end that this instance brought about, which so holds at once. */
  noteEnded(sessionIds: readonly string[], reason: SessionEndReason): void {
    for (const id of sessionIds) this.#keep(this.#ended, id, reason);
  }

  /** Notes a change of claims that this instance made. */
  noteClaims(userId: string, version: number): void {
    if (version > (this.#claims.get(userId)?.value ?? -1)) this.#keep(this.#claims, userId, version);
  }

  /**
   * An instant of this instance's clock, as the database's clock had it at the last reading. What one instance stamps and
   * another judges must not depend on how their clocks differ.
   */
  databaseTime(now: Date): Date {
    return this.#clockSkewMs === 0 ? now : new Date(now.getTime() + this.#clockSkewMs);
  }

  /** For people who watch: age now, the worst age that a decision was taken at, and what is held. Milliseconds. */
  metrics(): { ageMs: number; worstStalenessMs: number; entries: number } {
    return {
      ageMs: this.#nowMs() - this.#goodSinceMs,
      worstStalenessMs: this.#worstStalenessMs,
      entries: this.#ended.size + this.#claims.size,
    };
  }

  /** Waits for a reading that began at `sinceMs` or later: the one under way if it did, else the one after it. */
  async #refreshSince(sinceMs: number): Promise<boolean> {
    if (this.#current && this.#currentBeganMs >= sinceMs) return this.#current;
    if (!this.#current) return this.#begin();
    this.#next ??= this.#current.then(() => {
      this.#next = null;
      return this.#begin();
    });
    return this.#next;
  }

  #currentBeganMs = Number.NEGATIVE_INFINITY;
  #askAgainAtMs = Number.NEGATIVE_INFINITY;

  /**
   * A database that kept us waiting in vain is not asked again for as long: else one request would wait for it at the gate,
   * again in its handler, and behind the others' waiting. One that refused at once may be asked again at once.
   */
  #begin(): Promise<boolean> {
    if (this.#nowMs() < this.#askAgainAtMs) return Promise.resolve(false);
    this.#currentBeganMs = this.#nowMs();
    this.#current = this.#readOnce(this.#currentBeganMs).finally(() => {
      this.#current = null;
    });
    return this.#current;
  }

  async #readOnce(beganMs: number): Promise<boolean> {
    try {
      const since = this.#readUntil && new Date(this.#readUntil.getTime() - OVERLAP_SECONDS * 1000);
      const askedAtMs = this.#wallMs();
      const { at, entries } = await this.#read(since, Math.ceil(memorySeconds()));
      this.#noteSkew(at.getTime() - (askedAtMs + this.#wallMs()) / 2);
      for (const { sessionId, endReason, userId, claimsVersion } of entries) {
        if (sessionId !== null && !this.#ended.has(sessionId)) this.noteEnded([sessionId], parseEndReason(endReason));
        if (userId !== null && claimsVersion !== null) this.noteClaims(userId, claimsVersion);
      }
      this.#readUntil = at;
      this.#goodSinceMs = beganMs;
      this.#forget();
      return true;
    } catch (error) {
      const failedAtMs = this.#nowMs();
      this.#askAgainAtMs = failedAtMs + (failedAtMs - beganMs);
      log.error({ error }, "the revocation feed can't be read");
      return false;
    }
  }

  #noteSkew(skewMs: number): void {
    this.#clockSkewMs = Math.abs(skewMs) < NEGLIGIBLE_SKEW_MS ? 0 : skewMs;
  }

  #keep<Value>(known: Map<string, Known<Value>>, key: string, value: Value): void {
    // A key that is set again keeps its old place, and would hold up the forgetting of all behind it.
    known.delete(key);
    known.set(key, { value, forgetAtMs: this.#nowMs() + memorySeconds() * 1000 });
  }

  #forget(): void {
    const nowMs = this.#nowMs();
    for (const known of [this.#ended, this.#claims]) {
      for (const [key, { forgetAtMs }] of known) {
        // In the order of their coming: the first that stays ends the search.
        if (forgetAtMs > nowMs) break;
        known.delete(key);
      }
    }
  }
}

/** After so long no cookie from before an entry can be inside its window. */
function memorySeconds(): number {
  return env().SESSION_ACCESS_TTL + env().ACCESS_TOKEN_TTL + 2 * CLOCK_TOLERANCE_SECONDS + OVERLAP_SECONDS;
}

// The bundles of middleware and routes each hold their own copy of this module; the process has one feed.
const shared = globalThis as { latchkeyRevocationFeed?: RevocationFeed };

/** The feed of this process. */
export function revocationFeed(): RevocationFeed {
  shared.latchkeyRevocationFeed ??= new RevocationFeed();
  return shared.latchkeyRevocationFeed;
}
