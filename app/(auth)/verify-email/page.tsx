import type { Metadata } from "next";

import { getTranslations, getWords } from "@/app/_request/translations";
import { TextLink } from "@/components/text-link";
import { AuthCard } from "../auth-card";
import { MailboxHint } from "../mailbox-hint";
import { NothingArrived } from "../nothing-arrived";
import { ConfirmForm } from "./confirm-form";
import { ResendForm } from "./resend-form";

// The query holds a one-time token: it leaves this site with no link (the layout's referrer policy), and no-referrer
// would take the Origin header from the form below, which then counts as another site's.
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("verifyEmail.documentTitle"), robots: { index: false } };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function VerifyEmailPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token, sent } = await searchParams;
  if (typeof token === "string" && token !== "") return <Confirm token={token} />;
  return sent === "1" ? <CheckYourMail /> : <AskForMail />;
}

async function Confirm({ token }: { token: string }) {
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("verifyEmail.title")} intro={t("verifyEmail.confirmIntro")} footer={<ConfirmedAlready />}>
      <ConfirmForm
        words={await getWords("auth.verifyEmail.confirm")}
        resendWords={await getWords("auth.verifyEmail.resend")}
        token={token}
      />
    </AuthCard>
  );
}

async function CheckYourMail() {
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("verifyEmail.sent.title")} intro={t("verifyEmail.sent.intro")} footer={<ConfirmedAlready />}>
      <MailboxHint />
      <NothingArrived>
        <ResendForm words={await getWords("auth.verifyEmail.resend")} />
      </NothingArrived>
    </AuthCard>
  );
}

async function AskForMail() {
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("verifyEmail.title")} intro={t("verifyEmail.askIntro")} footer={<ConfirmedAlready />}>
      <ResendForm words={await getWords("auth.verifyEmail.resend")} />
    </AuthCard>
  );
}

async function ConfirmedAlready() {
  const t = await getTranslations("auth");
  return t.rich("verifyEmail.confirmedAlready", { signIn: (text) => <TextLink href="/sign-in">{text}</TextLink> });
}
