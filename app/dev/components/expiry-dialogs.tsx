"use client";

import { useState } from "react";

import { ExpiryDialog } from "@/app/(account)/_expiry/expiry-dialog";
import { Button } from "@/components/button";
import type { Words } from "@/lib/i18n/messages";
import { doNothingAction } from "./actions";

const MINUTES_LEFT = 5;

/** What a signed-in page says of its session's end: nothing ends here, and staying fails. */
export function ExpiryDialogs({ words }: { words: Words<"account.expiry"> }) {
  const [shown, setShown] = useState<"idle" | "absolute" | "ended" | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [endsAtMs, setEndsAtMs] = useState(0);
  return (
    <div className="flex flex-wrap gap-3">
      {(["idle", "absolute", "ended"] as const).map((phase) => (
        <Button
          key={phase}
          onClick={() => {
            setFailed(false);
            setEndsAtMs(Date.now() + MINUTES_LEFT * 60 * 1000);
            setShown(phase);
          }}
        >
          {words[phase].title}
        </Button>
      ))}
      {shown && (
        <ExpiryDialog
          expiry={shown === "ended" ? { phase: shown } : { phase: shown, endsAtMs }}
          words={words}
          signOut={doNothingAction}
          hasFailed={hasFailed}
          onStay={async () => setFailed(true)}
          onDismiss={() => setShown(null)}
        />
      )}
    </div>
  );
}
