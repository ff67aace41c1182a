"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";

import type { Words } from "@/lib/i18n/messages";
import { endLater, type PendingEnd } from "./end-later";
import { type Ending, type EndingDevice, EndingMessage } from "./ending-message";

interface Endings {
  /** The sessions that are on their way out, or gone since the list was made. */
  readonly hidden: ReadonlySet<string>;
  /** The session whose end was taken back last: its button gets the focus again. */
  readonly undone: string | null;
  readonly end: (device: EndingDevice) => void;
}

const EndingsContext = createContext<Endings>({ hidden: new Set(), undone: null, end: () => {} });

/** What the rows of the list and their buttons know of the ends that were asked for. */
export const useEndings = () => useContext(EndingsContext);

interface EndableSessionsProps {
  words: Words<"account.sessions.ending">;
  endedWords: Words<"account.sessions.ended">;
  /** Where messages stand: what the page itself has to say. */
  notice: ReactNode;
  children: ReactNode;
}

/**
 * Ends sessions with a few seconds to take that back. The row goes at once; the server is told when the time is over, or when
 * the page is left or hidden.
 */
export function EndableSessions({ words, endedWords, notice, children }: EndableSessionsProps) {
  const router = useRouter();
  const [pending] = useState(() => new Map<string, PendingEnd>());
  const [endings, setEndings] = useState<readonly Ending[]>([]);
  const [undone, setUndone] = useState<string | null>(null);
  const end = useCallback(
    (device: EndingDevice) => {
      const put = (state: Ending["state"]) => setEndings((all) => withEnding(all, { ...device, state }));
      setUndone(null);
      put("waiting");
      const later = endLater(
        device.id,
        () => put("told"),
        (outcome) => {
          // Nobody is on this page any more.
          if (!pending.delete(device.id)) return;
          put(outcome);
          if (outcome !== "failed") router.refresh();
        },
      );
      pending.set(device.id, later);
    },
    [pending, router],
  );
  useEndNow(pending);

  const hidden = useMemo(
    () => new Set(endings.filter(({ state }) => state !== "failed").map(({ id }) => id)),
    [endings],
  );
  const value = useMemo(() => ({ hidden, undone, end }), [hidden, undone, end]);
  return (
    <EndingsContext value={value}>
      {notice}
      {endings.map((ending) => (
        <EndingMessage
          key={ending.id}
          {...{ ending, words, endedWords }}
          onPause={() => pending.get(ending.id)?.pause()}
          onResume={() => pending.get(ending.id)?.resume()}
          onUndo={() => {
            pending.get(ending.id)?.undo();
            pending.delete(ending.id);
            setEndings((all) => all.filter(({ id }) => id !== ending.id));
            setUndone(ending.id);
          }}
        />
      ))}
      {children}
    </EndingsContext>
  );
}

/** Each session has one message, in the order in which their ends were asked for. */
function withEnding(all: readonly Ending[], ending: Ending): Ending[] {
  const isThere = all.some(({ id }) => id === ending.id);
  return isThere ? all.map((one) => (one.id === ending.id ? ending : one)) : [...all, ending];
}

/** Nothing waits on a page that nobody looks at: what was asked for happens. */
function useEndNow(pending: Map<string, PendingEnd>): void {
  useEffect(() => {
    const endAll = () => {
      for (const one of pending.values()) one.now();
    };
    const onVisibility = () => {
      if (document.hidden) endAll();
    };
    document.addEventListener("visibilitychange", onVisibility);
    window.addEventListener("pagehide", endAll);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      window.removeEventListener("pagehide", endAll);
      endAll();
      pending.clear();
    };
  }, [pending]);
}
