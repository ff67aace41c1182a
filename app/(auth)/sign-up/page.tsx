import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { getSession } from "@/app/_request/session";
import { getTranslations, getWords } from "@/app/_request/translations";
import { TextLink } from "@/components/text-link";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { AuthCard } from "../auth-card";
import { ProviderButtons } from "../provider-buttons";
import { TermsLine } from "../terms-line";
import { SignUpForm } from "./sign-up-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signUp.documentTitle") };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function SignUpPage({ searchParams }: { searchParams: Promise<Query> }) {
  const callbackUrl = safeCallbackPath((await searchParams)["callbackUrl"]);
  if (await getSession()) redirect(callbackUrl);

  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("signUp.title")}
      intro={t("signUp.intro")}
      footer={t.rich("signUp.haveAccount", { signIn: (text) => <TextLink href="/sign-in">{text}</TextLink> })}
    >
      <TermsLine page="signUp" />
      <ProviderButtons callbackUrl={callbackUrl} />
      <SignUpForm words={await getWords("auth.signUp.form")} passwordWords={await getWords("rules.newPassword")} />
    </AuthCard>
  );
}
