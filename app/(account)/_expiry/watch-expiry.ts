import type { TimeLeft } from "@/features/session/time-left";
import type { Words } from "@/lib/i18n/messages";
import { runIn } from "./run-in";

/** What the layout tells of the session's end. */
export interface ExpiryProps {
  /** How many seconds before the end to warn. */
  warningSeconds: number;
  /** Whom this page was made for. */
  userId: string;
  words: Words<"account.expiry">;
  /** The action that signs out. */
  signOut: () => Promise<void>;
}

/** After a request that didn't get through. */
const RETRY_MS = 20_000;
/** A tab that is looked at again lets Auth.js's client ask first: coming back is a visit, and moves the end on. */
const COMING_BACK_MS = 1500;

/** What a page has to say of its session's end. */
export type Expiry =
  | { readonly phase: "quiet" }
  | { readonly phase: "ended" }
  /** `idle`: being here moves the end on. `absolute`: nothing does. */
  | { readonly phase: "idle" | "absolute"; readonly endsAtMs: number };

interface ExpiryWatcher {
  readonly warningSeconds: number;
  /** Whether anybody is signed in by what the page knows. */
  readonly isSignedIn: boolean;
  readonly onExpiry: (expiry: Expiry) => void;
  /** Somebody signed in again, in another tab. */
  readonly onSignedInAgain: () => void;
}

/**
 * Looks now how long the session goes on, and again whenever that may have changed what there is to say. The server is asked each
 * time: another tab, or a link that was followed in this one, may have moved the end on. Nobody looks at a hidden tab, so that it
 * waits until somebody does.
 *
 * @returns What ends it.
 */
export function watchExpiry({ warningSeconds, isSignedIn, onExpiry, onSignedInAgain }: ExpiryWatcher): () => void {
  let isOver = false;
  let hasEnded = !isSignedIn;
  let callOff = () => {};
  const lookIn = (delayMs: number) => {
    callOff();
    callOff = runIn(delayMs, () => void look());
  };
  const look = async () => {
    if (document.hidden) return;
    const left = await askTimeLeft();
    if (!isOver) take(left);
  };
  const take = (left: TimeLeft | null | "unknown") => {
    if (left === "unknown") return lookIn(RETRY_MS);
    onExpiry(judge(left, warningSeconds));
    if (hasEnded && left !== null) onSignedInAgain();
    hasEnded = left === null;
    if (left !== null) lookIn(untilNextLookMs(left, warningSeconds));
  };
  const comeBack = () => lookIn(hasEnded ? 0 : COMING_BACK_MS);

  document.addEventListener("visibilitychange", comeBack);
  void look();
  return () => {
    isOver = true;
    callOff();
    document.removeEventListener("visibilitychange", comeBack);
  };
}

function judge(left: TimeLeft | null, warningSeconds: number): Expiry {
  if (left === null) return { phase: "ended" };
  const { idleSeconds, absoluteSeconds } = left;
  if (idleSeconds > warningSeconds) return { phase: "quiet" };
  return { phase: absoluteSeconds > idleSeconds ? "idle" : "absolute", endsAtMs: Date.now() + idleSeconds * 1000 };
}

function untilNextLookMs({ idleSeconds }: TimeLeft, warningSeconds: number): number {
  return (idleSeconds > warningSeconds ? idleSeconds - warningSeconds : idleSeconds) * 1000;
}

/** @returns null: the session has ended. `unknown`: nobody answered, which says nothing about it (S10). */
async function askTimeLeft(): Promise<TimeLeft | null | "unknown"> {
  try {
    const response = await fetch("/api/auth/session/time-left");
    return response.ok ? ((await response.json()) as TimeLeft | null) : "unknown";
  } catch {
    return "unknown";
  }
}
