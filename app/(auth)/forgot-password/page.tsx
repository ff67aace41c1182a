import type { Metadata } from "next";

import { getLanguage, getTranslations, getWords } from "@/app/_request/translations";
import { TextLink } from "@/components/text-link";
import { validityInWords } from "@/features/mail/validity-in-words";
import { env } from "@/lib/env/env";
import { AuthCard } from "../auth-card";
import { MailboxHint } from "../mailbox-hint";
import { NothingArrived } from "../nothing-arrived";
import { ForgotPasswordForm } from "./forgot-password-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("forgotPassword.documentTitle") };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ForgotPasswordPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { sent } = await searchParams;
  return sent === "1" ? <CheckYourMail /> : <AskForMail />;
}

async function AskForMail() {
  const t = await getTranslations("auth");
  const validity = validityInWords(env().RESET_TOKEN_TTL, await getLanguage());
  return (
    <AuthCard title={t("forgotPassword.title")} intro={t("forgotPassword.intro", { validity })} footer={<Remembered />}>
      <ForgotPasswordForm words={await getWords("auth.forgotPassword.form")} />
    </AuthCard>
  );
}

async function CheckYourMail() {
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("forgotPassword.sent.title")} intro={t("forgotPassword.sent.intro")} footer={<Remembered />}>
      <MailboxHint />
      <NothingArrived>
        <ForgotPasswordForm words={await getWords("auth.forgotPassword.form")} />
      </NothingArrived>
    </AuthCard>
  );
}

async function Remembered() {
  const t = await getTranslations("auth");
  return t.rich("forgotPassword.remembered", { signIn: (text) => <TextLink href="/sign-in">{text}</TextLink> });
}
