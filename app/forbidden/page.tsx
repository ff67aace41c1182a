import type { Metadata } from "next";

import { LinkButton } from "@/components/link-button";
import { PlainPage } from "@/components/plain-page";

export const metadata: Metadata = { title: "Not allowed" };

export default function Forbidden() {
  return (
    <PlainPage
      title="This page is not for your account"
      text="You are signed in, but without the role that this page asks for. Whoever runs this site can give it to you."
    >
      <LinkButton href="/dashboard">To your dashboard</LinkButton>
    </PlainPage>
  );
}
