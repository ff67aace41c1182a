"use client";

import { useSession } from "next-auth/react";
import { type ComponentType, useEffect, useState } from "react";

import { runIn } from "./run-in";
import type { ExpiryProps } from "./watch-expiry";

/**
 * Waits until the session of this page may be about to end, or has ended; what looks into that, and tells, is loaded only then.
 * From the page's own answer it knows how long that is: nothing is asked for it.
 */
export function ExpiryWatch(props: ExpiryProps) {
  const { data: session } = useSession();
  const [Guard, setGuard] = useState<ComponentType<ExpiryProps> | null>(null);
  const { warningSeconds } = props;
  useEffect(() => {
    const { idleSeconds = 0 } = session?.session.timeLeft ?? {};
    return runIn((idleSeconds - warningSeconds) * 1000, () => {
      void import("./expiry-guard").then(({ ExpiryGuard }) => setGuard(() => ExpiryGuard));
    });
  }, [session, warningSeconds]);
  return Guard && <Guard {...props} />;
}
