import type { AccessToken } from "./access-token";
import { parseSignedOutReason, type SignedOut } from "./signed-out";

/** What one tab tells the others. */
export type TabMessage =
  | { readonly type: "token"; readonly token: AccessToken }
  | { readonly type: "signed_out"; readonly signedOut: SignedOut }
  | { readonly type: "signed_in" };

/** How long to wait for a message that is known to be under way. */
const MESSAGE_TIMEOUT_MS = 1_000;

/**
 * The other tabs of this browser that show this site.
 *
 * The browser delivers messages to the same origin only. A script that could listen there runs in our origin already, and
 * could as well call `/api/refresh` by itself: sharing the token widens nothing.
 *
 * @see https://html.spec.whatwg.org/multipage/web-messaging.html#broadcasting-to-other-browsing-contexts
 */
export class Tabs {
  readonly #channel: BroadcastChannel | null;
  readonly #heard = new Set<string>();
  readonly #waiting = new Map<string, () => void>();

  constructor(name: string, onMessage: (message: TabMessage) => void) {
    this.#channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : null;
    this.#channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      const envelope = parseEnvelope(data);
      if (!envelope) return;
      onMessage(envelope.message);
      this.#heard.add(envelope.id);
      this.#waiting.get(envelope.id)?.();
    });
  }

  /** @returns the id under which the others will have heard it. */
  tell(message: TabMessage): string {
    const id = crypto.randomUUID();
    this.#heard.add(id);
    this.#channel?.postMessage({ id, message });
    return id;
  }

  /** Waits until a message has arrived, if it hasn't yet; not for ever, since its sender may have been closed. */
  async hear(id: string): Promise<void> {
    if (!this.#channel || this.#heard.has(id)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, MESSAGE_TIMEOUT_MS);
      this.#waiting.set(id, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.#waiting.delete(id);
  }

  /** Neither tells nor hears anything from now on. */
  close(): void {
    this.#channel?.close();
  }
}

/** A tab that was loaded before the last deployment may speak differently: what isn't understood is left alone. */
function parseEnvelope(data: unknown): { id: string; message: TabMessage } | null {
  const { id, message } = membersOf(data);
  const parsed = parseMessage(membersOf(message));
  return typeof id === "string" && parsed ? { id, message: parsed } : null;
}

function parseMessage({ type, token, signedOut }: Readonly<Record<string, unknown>>): TabMessage | null {
  switch (type) {
    case "token": {
      const { value, fetchedAtMs, expiresAtMs } = membersOf(token);
      if (typeof value !== "string" || typeof fetchedAtMs !== "number" || typeof expiresAtMs !== "number") return null;
      return { type, token: { value, fetchedAtMs, expiresAtMs } };
    }
    case "signed_out": {
      const { reason, at } = membersOf(signedOut);
      return at instanceof Date ? { type, signedOut: { reason: parseSignedOutReason(reason), at } } : null;
    }
    case "signed_in":
      return { type };
    default:
      return null;
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
