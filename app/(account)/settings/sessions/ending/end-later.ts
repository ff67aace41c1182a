/** How long an end may be taken back. */
const UNDO_MS = 6000;
/** However often that is paused: a session that its person wants ended isn't left open because the mouse lies still. */
const LONGEST_MS = 60_000;

/** What came of ending a session. `before`: it had ended already. */
export type EndOutcome = "ended" | "before" | "failed";

/** The end of a session that its person has asked for, before the server is told. */
export interface PendingEnd {
  /** Stops the time, for whoever is reading or about to take it back. */
  pause(): void;
  resume(): void;
  /** Tells the server at once, if it hasn't been told. */
  now(): void;
  /** Takes it back. Once the server was told, it does nothing. */
  undo(): void;
}

/**
 * Ends one of the person's other sessions a little later.
 *
 * @param onTold - From here on nothing takes it back.
 */
export function endLater(id: string, onTold: () => void, onSettled: (outcome: EndOutcome) => void): PendingEnd {
  let isOpen = true;
  let leftMs = UNDO_MS;
  /** null: the time stands still. */
  let startedAt: number | null = Date.now();
  const close = () => {
    isOpen = false;
    clearTimeout(timer);
    clearTimeout(longest);
  };
  const now = () => {
    if (!isOpen) return;
    close();
    onTold();
    void endSession(id).then(onSettled);
  };
  let timer = setTimeout(now, leftMs);
  const longest = setTimeout(now, LONGEST_MS);
  return {
    pause() {
      if (startedAt === null) return;
      clearTimeout(timer);
      leftMs -= Date.now() - startedAt;
      startedAt = null;
    },
    resume() {
      if (!isOpen || startedAt !== null) return;
      startedAt = Date.now();
      timer = setTimeout(now, leftMs);
    },
    now,
    undo: close,
  };
}

/** The request outlives its page: leaving is no way to keep the session. */
async function endSession(id: string): Promise<EndOutcome> {
  try {
    const { ok, status } = await fetch(`/api/sessions/${id}`, { method: "DELETE", keepalive: true });
    if (status === 404) return "before";
    // Whoever is signed out here meanwhile finds that out when the page is asked for anew.
    return ok || status === 401 ? "ended" : "failed";
  } catch {
    return "failed";
  }
}
