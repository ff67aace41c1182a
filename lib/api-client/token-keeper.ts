import { type AccessToken, isDue, isExpired } from "./access-token";
import { RefreshFailedError, SignedOutError } from "./errors";
import type { ApiClientEvent } from "./events";
import type { RefreshOutcome } from "./fetch-token";
import type { RefreshLock } from "./refresh-lock";
import type { SignedOut } from "./signed-out";
import { type TabMessage, Tabs } from "./tabs";

interface TokenKeeperParts {
  /** Names this API's keepers, so that tabs which talk to another API don't take its tokens. */
  readonly name: string;
  readonly lock: RefreshLock;
  readonly fetchToken: () => Promise<RefreshOutcome>;
  readonly now: () => number;
  readonly report: (event: ApiClientEvent) => void;
}

/** Holds the access token, and gets the next one: one request for all that wait for it, in this tab and in the others. */
export class TokenKeeper {
  readonly #parts: TokenKeeperParts;
  readonly #tabs: Tabs;
  #token: AccessToken | null = null;
  #signedOut: SignedOut | null = null;
  #refreshing: Promise<AccessToken> | null = null;
  #signIns = 0;

  constructor(parts: TokenKeeperParts) {
    this.#parts = parts;
    this.#tabs = new Tabs(parts.name, (message) => this.#onMessage(message));
  }

  /**
   * A token to send a request with.
   *
   * @param refused - One that the server did not take: another is wanted.
   * @throws SignedOutError, or RefreshFailedError when none could be had.
   */
  async token(refused?: AccessToken): Promise<AccessToken> {
    if (this.#signedOut) throw new SignedOutError(this.#signedOut);
    const held = this.#token;
    const nowMs = this.#parts.now();
    const usable = held !== null && held !== refused && !isExpired(held, nowMs);
    if (usable && !isDue(held, nowMs)) return held;
    try {
      return await this.refresh();
    } catch (error) {
      // The next token was fetched ahead of time, and for so long the last one still does.
      if (usable && error instanceof RefreshFailedError) return held;
      throw error;
    }
  }

  /** Gets a new token, whatever the one that is held may still be worth. Whoever calls while that is under way shares it. */
  refresh(): Promise<AccessToken> {
    this.#refreshing ??= this.#refreshInTurn(this.#token).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** Begins anew, in all tabs: somebody has just signed in. */
  signedIn(): void {
    this.#beginAnew();
    this.#tabs.tell({ type: "signed_in" });
  }

  /** Leaves the other tabs alone from now on. */
  close(): void {
    this.#tabs.close();
    this.#parts.lock.close();
  }

  #refreshInTurn(old: AccessToken | null): Promise<AccessToken> {
    return this.#parts.lock.run(async (announced) => {
      for (const id of announced) await this.#tabs.hear(id);
      for (;;) {
        if (this.#signedOut) throw new SignedOutError(this.#signedOut);
        // While this tab waited for its turn, another one fetched a token for all.
        if (this.#token && this.#token !== old) return this.#token;
        await this.#fetch();
      }
    });
  }

  async #fetch(): Promise<void> {
    const signIns = this.#signIns;
    const message = await this.#ask();
    // An answer about the session before the present one.
    if (signIns !== this.#signIns) return;
    if (message.type === "token") this.#hold(message.token, "token_fetched");
    else this.#onMessage(message);
    await this.#parts.lock.announce(this.#tabs.tell(message));
  }

  async #ask(): Promise<TabMessage> {
    const { fetchToken, report, now } = this.#parts;
    try {
      const outcome = await fetchToken();
      if ("token" in outcome) return { type: "token", token: outcome.token };
      return { type: "signed_out", signedOut: { reason: outcome.signedOut, at: new Date(now()) } };
    } catch (error) {
      const transient = error instanceof RefreshFailedError && error.transient;
      report({ type: "refresh_failed", at: new Date(now()), transient });
      throw error;
    }
  }

  /** Takes note of what this tab or another one has learnt. */
  #onMessage(message: TabMessage): void {
    switch (message.type) {
      case "token":
        this.#adopt(message.token);
        break;
      case "signed_out":
        this.#endSession(message.signedOut);
        break;
      case "signed_in":
        this.#beginAnew();
        break;
    }
  }

  /** Messages may overtake each other: an older token never replaces a newer one, and none revives an ended session. */
  #adopt(token: AccessToken): void {
    const isNewer = !this.#token || token.fetchedAtMs > this.#token.fetchedAtMs;
    if (isNewer && !this.#signedOut) this.#hold(token, "token_from_another_tab");
  }

  #hold(token: AccessToken, type: "token_fetched" | "token_from_another_tab"): void {
    this.#token = token;
    this.#parts.report({ type, at: new Date(this.#parts.now()), expiresAt: new Date(token.expiresAtMs) });
  }

  #endSession(signedOut: SignedOut): void {
    if (this.#signedOut) return;
    this.#signedOut = signedOut;
    this.#token = null;
    this.#parts.report({ type: "signed_out", ...signedOut });
  }

  #beginAnew(): void {
    this.#signIns++;
    this.#signedOut = null;
    this.#token = null;
  }
}
