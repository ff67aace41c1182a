import type { Metadata } from "next";

import { getTranslations, getWords } from "@/app/_request/translations";
import { LinkButton } from "@/components/link-button";
import { TextLink } from "@/components/text-link";
import { findResetAccount } from "@/features/password-reset/reset-password";
import { systemClock } from "@/lib/clock";
import { Address } from "../address";
import { AuthCard } from "../auth-card";
import { ResetPasswordForm } from "./reset-password-form";

// The query holds a one-time token: see the verification page for what keeps it on this site.
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("resetPassword.title"), robots: { index: false } };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** Opening it changes nothing and spends nothing: mail scanners open every link that they see. */
export default async function ResetPasswordPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token } = await searchParams;
  const account = await findResetAccount(token, systemClock());
  if (!account || typeof token !== "string") return <DeadLink />;
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("resetPassword.title")}
      intro={t.rich("resetPassword.intro", {
        email: account.email,
        address: (text) => <Address>{text}</Address>,
      })}
      footer={<Remembered />}
    >
      <ResetPasswordForm
        words={await getWords("auth.resetPassword.form")}
        passwordWords={await getWords("rules.newPassword")}
        token={token}
        email={account.email}
        name={account.name}
      />
    </AuthCard>
  );
}

async function DeadLink() {
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("resetPassword.deadLink.title")}
      intro={t("resetPassword.deadLink.intro")}
      footer={<Remembered />}
    >
      <LinkButton href="/forgot-password" wide>
        {t("resetPassword.form.askAgain")}
      </LinkButton>
    </AuthCard>
  );
}

async function Remembered() {
  const t = await getTranslations("auth");
  return t.rich("resetPassword.remembered", { signIn: (text) => <TextLink href="/sign-in">{text}</TextLink> });
}
