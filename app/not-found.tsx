import type { Metadata } from "next";

import { LinkButton } from "@/components/link-button";
import { PlainPage } from "@/components/plain-page";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <PlainPage title="There is no page here" text="The address may be mistyped, or the page has moved.">
      <LinkButton href="/">To the start page</LinkButton>
    </PlainPage>
  );
}
