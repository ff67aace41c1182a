"use client";

import { buttonStyle } from "@/components/button-style";

const CONFIRM_FIRST = `/re-authenticate?callbackUrl=${encodeURIComponent("/settings/privacy?confirmed=1")}`;

/**
 * Fetches one's data as a file; whoever proved too long ago who they are is led to do so first, also when the page has been
 * open since. An API answers a browser as it answers a program, so that the page knows better than to send anybody there.
 *
 * @param props.openUntil - Until when the file is given, ISO 8601; null when that is over.
 */
export function ExportLink({ openUntil, children }: { openUntil: string | null; children: string }) {
  return (
    // Not a soft one: what comes is no page.
    <a
      href={openUntil === null ? CONFIRM_FIRST : "/api/account/export"}
      onClick={(event) => {
        if (openUntil === null || Date.now() < Date.parse(openUntil)) return;
        event.preventDefault();
        window.location.assign(CONFIRM_FIRST);
      }}
      className={buttonStyle("secondary")}
    >
      {children}
    </a>
  );
}
