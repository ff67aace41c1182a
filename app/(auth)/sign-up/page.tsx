import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { getSession } from "@/app/_request/session";
import { getWords } from "@/app/_request/translations";
import { TextLink } from "@/components/text-link";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { AuthCard } from "../auth-card";
import { ProviderButtons } from "../provider-buttons";
import { TermsLine } from "../terms-line";
import { SignUpForm } from "./sign-up-form";

export const metadata: Metadata = { title: "Create account" };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function SignUpPage({ searchParams }: { searchParams: Promise<Query> }) {
  const callbackUrl = safeCallbackPath((await searchParams)["callbackUrl"]);
  if (await getSession()) redirect(callbackUrl);

  return (
    <AuthCard
      title="Create your account"
      intro="We send you one mail to confirm that the address is yours."
      footer={
        <>
          Already have an account? <TextLink href="/sign-in">Sign in</TextLink>
        </>
      }
    >
      <TermsLine by="By creating an account, with a provider or with a password," />
      <ProviderButtons callbackUrl={callbackUrl} />
      <SignUpForm passwordWords={await getWords("rules.newPassword")} />
    </AuthCard>
  );
}
