import type { Metadata } from "next";

import { TextLink } from "@/components/text-link";
import { AuthCard } from "../auth-card";
import { MailboxHint } from "../mailbox-hint";
import { NothingArrived } from "../nothing-arrived";
import { ConfirmForm } from "./confirm-form";
import { ResendForm } from "./resend-form";

export const metadata: Metadata = {
  title: "Confirm your e-mail address",
  robots: { index: false },
  // The query holds a one-time token: it leaves this site with no link (the layout's referrer policy), and no-referrer
  // would take the Origin header from the form below, which then counts as another site's.
};

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function VerifyEmailPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token, sent } = await searchParams;
  if (typeof token === "string" && token !== "") return <Confirm token={token} />;
  return sent === "1" ? <CheckYourMail /> : <AskForMail />;
}

const BACK_TO_SIGN_IN = (
  <>
    Confirmed already? <TextLink href="/sign-in">Sign in</TextLink>
  </>
);

function Confirm({ token }: { token: string }) {
  return (
    <AuthCard
      title="Confirm your address"
      intro="One press, and your account is ready. If you didn't ask for one, close this page and nothing happens."
      footer={BACK_TO_SIGN_IN}
    >
      <ConfirmForm token={token} />
    </AuthCard>
  );
}

function CheckYourMail() {
  return (
    <AuthCard
      title="Check your mail"
      intro="If the address is new here, a mail is on its way: open it and follow the link. If you already have an account we have told you so by mail."
      footer={BACK_TO_SIGN_IN}
    >
      <MailboxHint />
      <NothingArrived>
        <ResendForm />
      </NothingArrived>
    </AuthCard>
  );
}

function AskForMail() {
  return (
    <AuthCard title="Confirm your address" intro="We send a new link to your address." footer={BACK_TO_SIGN_IN}>
      <ResendForm />
    </AuthCard>
  );
}
