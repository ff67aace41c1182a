import type { Metadata } from "next";

import { TextLink } from "@/components/text-link";
import { validityInWords } from "@/features/mail/validity-in-words";
import { env } from "@/lib/env/env";
import { AuthCard } from "../auth-card";
import { MailboxHint } from "../mailbox-hint";
import { NothingArrived } from "../nothing-arrived";
import { ForgotPasswordForm } from "./forgot-password-form";

export const metadata: Metadata = { title: "Forgotten password" };

type Query = Readonly<Record<string, string | string[] | undefined>>;

const BACK_TO_SIGN_IN = (
  <>
    Remembered it? <TextLink href="/sign-in">Sign in</TextLink>
  </>
);

export default async function ForgotPasswordPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { sent } = await searchParams;
  return sent === "1" ? <CheckYourMail /> : <AskForMail />;
}

function AskForMail() {
  return (
    <AuthCard
      title="Forgotten your password?"
      intro={`We send you a link with which you choose a new one. It works once, for ${validityInWords(env().RESET_TOKEN_TTL)}. Until then nothing changes.`}
      footer={BACK_TO_SIGN_IN}
    >
      <ForgotPasswordForm />
    </AuthCard>
  );
}

function CheckYourMail() {
  return (
    <AuthCard
      title="Check your mail"
      intro="If there is an account with this address, a mail is on its way: open it and follow the newest link. If that account has no password, the mail says how it signs in."
      footer={BACK_TO_SIGN_IN}
    >
      <MailboxHint />
      <NothingArrived>
        <ForgotPasswordForm />
      </NothingArrived>
    </AuthCard>
  );
}
