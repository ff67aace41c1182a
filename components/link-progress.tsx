"use client";

import { useLinkStatus } from "next/link";
import { createPortal } from "react-dom";

/**
 * A line along the top of the window while the page of the link around it is awaited for longer than 300 ms (its animation waits
 * that long). For the eye alone: a screen reader is told of the new page when it is there.
 */
export function LinkProgress() {
  const { pending } = useLinkStatus();
  // In the body: the link may stand in a menu, which closes upon it.
  return pending && createPortal(<ProgressLine />, document.body);
}

function ProgressLine() {
  return (
    <div
      aria-hidden="true"
      data-progress-line=""
      // A border, and no background: that would be gone where the system chooses the colours.
      className="fixed start-0 top-0 z-70 animate-progress border-t-3 border-accent"
    />
  );
}
