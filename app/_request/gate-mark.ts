import { randomBytes } from "node:crypto";

const HEADER = "x-latchkey-rotated";
const MARK_BYTES = 16;

// The gate and the handlers are in bundles of their own, in one process. A value that only this process knows can't be sent
// from outside.
const shared = globalThis as { latchkeyGateMark?: string };

function mark(): string {
  shared.latchkeyGateMark ??= randomBytes(MARK_BYTES).toString("base64url");
  return shared.latchkeyGateMark;
}

/** Marks a request whose session cookie the gate has just exchanged. */
export function markRotated(requestHeaders: Headers): void {
  requestHeaders.set(HEADER, mark());
}

/**
 * Whether the cookie of this request is one that the gate made for it. Then the browser has not presented it, and may never
 * get it: it must neither be exchanged again nor count as arrived (S5).
 */
export function wasRotatedByGate(requestHeaders: Headers): boolean {
  return requestHeaders.get(HEADER) === mark();
}
