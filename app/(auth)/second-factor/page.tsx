import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";

import { getSession } from "@/app/_request/session";
import { getTranslations, getWords } from "@/app/_request/translations";
import { LinkButton } from "@/components/link-button";
import { TextLink } from "@/components/text-link";
import { findSignInMethods } from "@/features/account/data";
import { challengeCookieName } from "@/features/second-factor/challenge-cookie";
import { findChallenge } from "@/features/second-factor/complete-challenge";
import { hasSecondFactor } from "@/features/second-factor/data";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { systemClock } from "@/lib/clock";
import { AuthCard } from "../auth-card";
import { SecondFactorForm } from "./second-factor-form";
import { UsePasskey } from "./use-passkey";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("secondFactor.documentTitle"), robots: { index: false } };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const callbackUrl = safeCallbackPath(query["callbackUrl"]);
  const byRecoveryCode = query["with"] === "recovery-code";
  const challenge = await findChallenge((await cookies()).get(challengeCookieName())?.value, systemClock());
  const session = challenge ? null : await getSession();
  if (session && (session.session.aal >= 2 || !(await hasSecondFactor(session.user.id)))) redirect(callbackUrl);
  const t = await getTranslations("auth");
  const otherWay = new URLSearchParams({ callbackUrl, ...(byRecoveryCode ? {} : { with: "recovery-code" }) });

  if (!challenge && !session) {
    return (
      <AuthCard title={t("secondFactor.nothingWaits.title")} intro={t("secondFactor.nothingWaits.intro")}>
        <LinkButton href={`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`} wide>
          {t("secondFactor.nothingWaits.toSignIn")}
        </LinkButton>
      </AuthCard>
    );
  }
  const asked = challenge?.userId ?? session?.user.id;
  const way = byRecoveryCode ? "byRecoveryCode" : "byApp";
  const hasPasskey = asked !== undefined && (await findSignInMethods(asked)).passkeys > 0;
  return (
    <AuthCard
      title={t(`secondFactor.${way}.title`)}
      intro={t(`secondFactor.${way}.intro`)}
      footer={t.rich(`secondFactor.${way}.otherWay`, {
        other: (text) => <TextLink href={`/second-factor?${otherWay}`}>{text}</TextLink>,
      })}
    >
      <SecondFactorForm
        key={way}
        words={await getWords("auth.secondFactor.form")}
        refusalWords={await getWords("rules.codeRefusals")}
        callbackUrl={callbackUrl}
        byRecoveryCode={byRecoveryCode}
        mayTrust={challenge !== null}
      />
      {hasPasskey && <UsePasskey words={await getWords("auth.passkeys")} callbackUrl={callbackUrl} />}
    </AuthCard>
  );
}
