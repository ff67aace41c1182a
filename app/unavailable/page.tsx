import type { Metadata } from "next";

import { LinkButton } from "@/components/link-button";
import { PlainPage } from "@/components/plain-page";

export const metadata: Metadata = { title: "Back in a moment" };

export default function Unavailable() {
  return (
    <PlainPage
      title="We'll be back in a moment"
      text="Something that we need in order to recognise you is away just now. You are still signed in: load the page again in a few seconds."
    >
      <LinkButton href="/dashboard">Try again</LinkButton>
    </PlainPage>
  );
}
