import type { Metadata } from "next";

import { LinkButton } from "@/components/link-button";
import { TextLink } from "@/components/text-link";
import { AuthCard } from "../auth-card";
import { explain } from "./explanations";

export const metadata: Metadata = { title: "Sign-in problem", robots: { index: false } };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function AuthErrorPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { title, text, wayOut } = explain((await searchParams)["error"]);
  return (
    <AuthCard
      title={title}
      intro={text}
      footer={
        <>
          Or go <TextLink href="/">to the start page</TextLink>
        </>
      }
    >
      <LinkButton href={wayOut.href} wide>
        {wayOut.label}
      </LinkButton>
    </AuthCard>
  );
}
