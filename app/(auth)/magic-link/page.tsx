import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";

import { FormMessage } from "@/components/form-message";
import { TextLink } from "@/components/text-link";
import { magicLinkCookieName } from "@/features/magic-link/browser-cookie";
import { placeMagicLink } from "@/features/magic-link/redeem-magic-link";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { systemClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { AuthCard } from "../auth-card";
import { MailboxHint } from "../mailbox-hint";
import { CodeForm } from "./code-form";
import { LinkForm } from "./link-form";
import { RequestLinkForm } from "./request-link-form";

// The query holds a one-time token, which leaves this site with no link: see the layout's referrer policy.
export const metadata: Metadata = { title: "Sign in by mail", robots: { index: false } };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function MagicLinkPage({ searchParams }: { searchParams: Promise<Query> }) {
  if (env().MAGIC_LINK !== "on") notFound();
  const { token, sent, callbackUrl } = await searchParams;
  if (typeof token === "string" && token !== "") return <Arrived token={token} />;
  const target = safeCallbackPath(callbackUrl);
  return sent === "1" ? <Sent callbackUrl={target} /> : <Ask callbackUrl={target} />;
}

const OTHER_WAYS = (
  <>
    Rather another way? <TextLink href="/sign-in">Back to signing in</TextLink>
  </>
);

function Ask({ callbackUrl }: { callbackUrl: string }) {
  return (
    <AuthCard
      title="Sign in by mail"
      intro="We mail you a link and a code. Either signs you in, once, in this browser alone."
      footer={OTHER_WAYS}
    >
      <RequestLinkForm callbackUrl={callbackUrl} />
    </AuthCard>
  );
}

function Sent({ callbackUrl }: { callbackUrl: string }) {
  return (
    <AuthCard
      title="Check your mail"
      intro="If there is an account with this address, a mail is on its way. Open its link in this browser, or type its code here. Both work for 15 minutes."
      footer={
        <>
          Nothing arrived? <TextLink href="/magic-link">Ask again</TextLink>
        </>
      }
    >
      <MailboxHint />
      <CodeForm callbackUrl={callbackUrl} />
    </AuthCard>
  );
}

async function Arrived({ token }: { token: string }) {
  const browserToken = (await cookies()).get(magicLinkCookieName())?.value;
  switch (await placeMagicLink(token, browserToken, systemClock())) {
    case "here":
      return (
        <AuthCard title="Sign in" intro="One press, and you are signed in, in this browser." footer={OTHER_WAYS}>
          <LinkForm token={token} />
        </AuthCard>
      );
    case "elsewhere":
      return (
        <AuthCard
          title="Another browser asked"
          intro="For your safety this link works only in the browser where you asked for it. Go back there, and type the code from the mail."
          footer={OTHER_WAYS}
        >
          <FormMessage tone="info">If you didn't ask anywhere, close this page, and tell nobody the code.</FormMessage>
        </AuthCard>
      );
    case "nowhere":
      return (
        <AuthCard title="Sign in by mail" footer={OTHER_WAYS}>
          <FormMessage tone="danger">
            This link doesn't work any more: it was used already, is older than 15 minutes, or a newer one was sent.
          </FormMessage>
          <RequestLinkForm callbackUrl={safeCallbackPath(null)} />
        </AuthCard>
      );
  }
}
