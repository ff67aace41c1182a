"use client";

import dynamic from "next/dynamic";

/** Loaded by itself: no other page has to carry axios. It runs in the browser only, and so has nothing to show before. */
export const Explorer = dynamic(() => import("./explorer-panel").then(({ ExplorerPanel }) => ExplorerPanel), {
  ssr: false,
  // Keeps its place, so that what stands below doesn't jump; without scripts it would wait for nothing.
  loading: () => <div className="min-h-104 noscript:hidden lg:min-h-60" />,
});
