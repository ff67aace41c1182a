import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";

import { getTranslations, getWords } from "@/app/_request/translations";
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
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("magicLink.title"), robots: { index: false } };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function MagicLinkPage({ searchParams }: { searchParams: Promise<Query> }) {
  if (env().MAGIC_LINK !== "on") notFound();
  const { token, sent, callbackUrl } = await searchParams;
  if (typeof token === "string" && token !== "") return <Arrived token={token} />;
  const target = safeCallbackPath(callbackUrl);
  return sent === "1" ? <Sent callbackUrl={target} /> : <Ask callbackUrl={target} />;
}

async function Ask({ callbackUrl }: { callbackUrl: string }) {
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("magicLink.title")} intro={t("magicLink.intro")} footer={<OtherWays />}>
      <RequestLinkForm words={await getWords("auth.magicLink.request")} callbackUrl={callbackUrl} />
    </AuthCard>
  );
}

async function Sent({ callbackUrl }: { callbackUrl: string }) {
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("magicLink.sent.title")}
      intro={t("magicLink.sent.intro")}
      footer={t.rich("magicLink.sent.nothingArrived", {
        again: (text) => <TextLink href="/magic-link">{text}</TextLink>,
      })}
    >
      <MailboxHint />
      <CodeForm words={await getWords("auth.magicLink.code")} callbackUrl={callbackUrl} />
    </AuthCard>
  );
}

async function Arrived({ token }: { token: string }) {
  const t = await getTranslations("auth");
  const browserToken = (await cookies()).get(magicLinkCookieName())?.value;
  switch (await placeMagicLink(token, browserToken, systemClock())) {
    case "here":
      return (
        <AuthCard title={t("magicLink.here.title")} intro={t("magicLink.here.intro")} footer={<OtherWays />}>
          <LinkForm words={await getWords("auth.magicLink.link")} token={token} />
        </AuthCard>
      );
    case "elsewhere":
      return (
        <AuthCard title={t("magicLink.elsewhere.title")} intro={t("magicLink.elsewhere.intro")} footer={<OtherWays />}>
          <FormMessage tone="info">{t("magicLink.elsewhere.notYou")}</FormMessage>
        </AuthCard>
      );
    case "nowhere":
      return (
        <AuthCard title={t("magicLink.title")} footer={<OtherWays />}>
          <FormMessage tone="danger">{t("magicLink.deadLink")}</FormMessage>
          <RequestLinkForm words={await getWords("auth.magicLink.request")} callbackUrl={safeCallbackPath(null)} />
        </AuthCard>
      );
  }
}

async function OtherWays() {
  const t = await getTranslations("auth");
  return t.rich("magicLink.otherWays", { signIn: (text) => <TextLink href="/sign-in">{text}</TextLink> });
}
