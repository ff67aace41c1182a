import type { Metadata } from "next";

import { getWords } from "@/app/_request/translations";
import { LinkButton } from "@/components/link-button";
import { TextLink } from "@/components/text-link";
import { findResetAccount } from "@/features/password-reset/reset-password";
import { systemClock } from "@/lib/clock";
import { AuthCard } from "../auth-card";
import { ResetPasswordForm } from "./reset-password-form";

export const metadata: Metadata = {
  title: "Choose a new password",
  robots: { index: false },
  // The query holds a one-time token: see the verification page for what keeps it on this site.
};

type Query = Readonly<Record<string, string | string[] | undefined>>;

const BACK_TO_SIGN_IN = (
  <>
    Remembered it? <TextLink href="/sign-in">Sign in</TextLink>
  </>
);

/** Opening it changes nothing and spends nothing: mail scanners open every link that they see. */
export default async function ResetPasswordPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token } = await searchParams;
  const account = await findResetAccount(token, systemClock());
  if (!account || typeof token !== "string") return <DeadLink />;
  return (
    <AuthCard
      title="Choose a new password"
      intro={
        <>
          For <strong className="font-medium break-words text-foreground">{account.email}</strong>. You will be signed
          out everywhere, and then sign in with the new password.
        </>
      }
      footer={BACK_TO_SIGN_IN}
    >
      <ResetPasswordForm
        passwordWords={await getWords("rules.newPassword")}
        token={token}
        email={account.email}
        name={account.name}
      />
    </AuthCard>
  );
}

function DeadLink() {
  return (
    <AuthCard
      title="This link doesn't work any more"
      intro="It was used already, has expired, or a newer one was sent. If you chose a new password with it, just sign in. Otherwise ask for a new link."
      footer={BACK_TO_SIGN_IN}
    >
      <LinkButton href="/forgot-password" wide>
        Ask for a new link
      </LinkButton>
    </AuthCard>
  );
}
