import type { KeyObject } from "node:crypto";

import { log } from "@/lib/log";
import type { KeyState } from "./data";
import { type LoadedKeys, loadKeys, type PublishedKey, type SigningKey } from "./load-keys";
import { KEY_RING_MAX_AGE_SECONDS } from "./policy";

/** A `kid` that nobody knows may be of another instance's new key. However many come, the database is asked so often at most. */
const UNKNOWN_KID_MAX_AGE_SECONDS = 1;
/** After a failed reading the next one may begin so soon. */
const RETRY_SECONDS = 2;

/** In the order in which the JWKS names them: whoever takes the first one takes the likeliest. */
const ORDER: readonly KeyState[] = ["current", "next", "previous"];

/** Where a verifier finds a key by its name. */
export interface PublicKeys {
  publicKey(kid: string, now: Date): Promise<KeyObject | null>;
}

/**
 * The signing keys in memory, read anew every 30 seconds and when an unknown `kid` turns up. All that wait share one
 * reading.
 *
 * While the database is away the keys last read go on being used. That is bounded by the revocation feed's outage rule
 * (S10): a token is not accepted, and none is issued, without it.
 */
export class KeyRing implements PublicKeys {
  readonly #load: typeof loadKeys;
  readonly #nowMs: () => number;
  #loaded: LoadedKeys | null = null;
  #loading: Promise<LoadedKeys> | null = null;
  #triedAtMs = Number.NEGATIVE_INFINITY;
  #failure: unknown = null;

  constructor(options: { load?: typeof loadKeys; nowMs?: () => number } = {}) {
    this.#load = options.load ?? loadKeys;
    this.#nowMs = options.nowMs ?? (() => performance.now());
  }

  /** The key to sign with. */
  async signingKey(now: Date): Promise<SigningKey> {
    return (await this.#keys(now, KEY_RING_MAX_AGE_SECONDS)).signing;
  }

  /**
   * The key of this name; null when there is none.
   *
   * @throws When the database can't be asked for a key that isn't known: it may well exist.
   */
  async publicKey(kid: string, now: Date): Promise<KeyObject | null> {
    const known = (await this.#keys(now, KEY_RING_MAX_AGE_SECONDS)).published.get(kid);
    if (known) return known.publicKey;
    const found = (await this.#keys(now, UNKNOWN_KID_MAX_AGE_SECONDS)).published.get(kid);
    if (!found && this.#failure !== null) throw this.#failure;
    return found?.publicKey ?? null;
  }

  /** Every key to verify with, the current one first. */
  async publishedKeys(now: Date): Promise<PublishedKey[]> {
    const { published } = await this.#keys(now, KEY_RING_MAX_AGE_SECONDS);
    return [...published.values()].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  }

  async #keys(now: Date, maxAgeSeconds: number): Promise<LoadedKeys> {
    const allowedSeconds = this.#failure === null ? maxAgeSeconds : RETRY_SECONDS;
    if (this.#loaded && this.#nowMs() - this.#triedAtMs < allowedSeconds * 1000) return this.#loaded;
    this.#loading ??= this.#reload(now).finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #reload(now: Date): Promise<LoadedKeys> {
    this.#triedAtMs = this.#nowMs();
    try {
      this.#loaded = await this.#load(now);
      this.#failure = null;
    } catch (error) {
      this.#failure = error;
      if (!this.#loaded) throw error;
      log.warn({ error }, "the signing keys can't be read; those known are used on");
    }
    return this.#loaded;
  }
}

// The bundles of middleware and routes each hold their own copy of this module; the process has one ring.
const shared = globalThis as { latchkeyKeyRing?: KeyRing };

/** The signing keys of this process. */
export function keyRing(): KeyRing {
  shared.latchkeyKeyRing ??= new KeyRing();
  return shared.latchkeyKeyRing;
}
