"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";

/**
 * Follows the page's links that are marked `data-soft` without loading the whole page again, and shows a line at the top while
 * that takes longer than a moment. Without it, without scripts, and however else somebody opens one, they are links as any other.
 *
 * It stands in for `next/link`, which every page would have to load, and which asks the server in advance for what is made anew
 * for each request.
 */
export function SoftNavigation() {
  const router = useRouter();
  const [isUnderWay, startTransition] = useTransition();
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const address = softAddressOf(event);
      if (address === null) return;
      event.preventDefault();
      startTransition(() => router.push(address));
    };
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [router]);
  return isUnderWay && <ProgressLine />;
}

/** Shows after 300 ms alone: its animation waits so long. For the eye; a screen reader is told of the new page when it is there. */
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

/** Where a press of a link leads that asks for nothing else, such as a new tab; null for every other one. */
function softAddressOf(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-soft]") : null;
  if (link?.target !== "" || link.origin !== location.origin) return null;
  return link.pathname + link.search + link.hash;
}
