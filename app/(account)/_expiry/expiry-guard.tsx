"use client";

import { useSession } from "next-auth/react";
import { useEffect, useEffectEvent, useState } from "react";

import { ExpiryDialog } from "./expiry-dialog";
import { type Expiry, type ExpiryProps, watchExpiry } from "./watch-expiry";

/** Tells that the session of this page is about to end or has ended, and offers what there is to do about it. */
export function ExpiryGuard({ words, warningSeconds, userId, signOut }: ExpiryProps) {
  const { data: session, update } = useSession();
  const [expiry, setExpiry] = useState<Expiry>({ phase: "quiet" });
  const [dismissed, setDismissed] = useState<string | null>(null);
  /** How often staying was asked for in vain since it last worked. */
  const [failures, setFailures] = useState(0);
  const learnAnew = useEffectEvent(() => void update());
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is learned of the session is a reason to look again, also that it may be over.
  useEffect(
    () =>
      watchExpiry({
        ...{ warningSeconds, isSignedIn: session !== null },
        onExpiry: setExpiry,
        onSignedInAgain: () => learnAnew(),
      }),
    [session, warningSeconds, failures],
  );
  const isSomebodyElse = session !== null && session.user.id !== userId;
  useEffect(() => {
    // What stands on this page isn't theirs, nor is what was typed on it.
    if (isSomebodyElse) window.location.reload();
  }, [isSomebodyElse]);

  if (dismissed !== null && dismissed !== expiry.phase) setDismissed(null);
  if (expiry.phase === "quiet" || expiry.phase === dismissed) return null;
  const stay = async () => {
    // Sent with something, Auth.js's client asks for a new cookie, and has the other tabs told.
    const stayed = await update({});
    setFailures(stayed ? 0 : failures + 1);
  };
  return (
    <ExpiryDialog
      {...{ expiry, words, signOut }}
      hasFailed={failures > 0}
      onStay={stay}
      onDismiss={() => setDismissed(expiry.phase)}
    />
  );
}
