"use client";

import { BrokenPage } from "@/components/broken-page";
import { useComponentWords } from "@/components/component-words";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <BrokenPage words={useComponentWords().broken} error={error} retry={retry} />;
}
