"use client";

import { lazy, Suspense } from "react";

// Each page brings this file along, and hardly one ever needs what it shows. Should it not come, global-error.tsx stands in.
const BrokenPage = lazy(async () => ({ default: (await import("@/components/broken-page")).BrokenPage }));

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <Suspense>
      <BrokenPage error={error} retry={retry} />
    </Suspense>
  );
}
