import type { Metadata } from "next";

import { getSession } from "@/app/_request/session";
import { getTranslations, getWords } from "@/app/_request/translations";
import { ArrivalMessage } from "@/components/arrival-message";
import { LinkButton } from "@/components/link-button";
import { AuthCard } from "../auth-card";
import { ConfirmChangeForm } from "./confirm-change-form";

// The query holds a one-time token, which leaves this site with no link: see the layout's referrer policy.
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("confirmEmail.documentTitle"), robots: { index: false } };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ConfirmEmailPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token, changed } = await searchParams;
  if (typeof token === "string" && token !== "") return <Confirm token={token} />;
  return changed === "1" ? <Changed signedIn={(await getSession()) !== null} /> : <NoToken />;
}

async function Confirm({ token }: { token: string }) {
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("confirmEmail.title")} intro={t("confirmEmail.intro")}>
      <ConfirmChangeForm words={await getWords("auth.confirmEmail.form")} token={token} />
    </AuthCard>
  );
}

async function Changed({ signedIn }: { signedIn: boolean }) {
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("confirmEmail.changed.title")}>
      <ArrivalMessage tone="success">{t("confirmEmail.changed.message")}</ArrivalMessage>
      <p className="text-muted">{t("confirmEmail.changed.wayBack")}</p>
      {signedIn ? (
        <LinkButton href="/profile" wide>
          {t("confirmEmail.form.toProfile")}
        </LinkButton>
      ) : (
        <LinkButton href="/sign-in" wide>
          {t("confirmEmail.changed.signIn")}
        </LinkButton>
      )}
    </AuthCard>
  );
}

async function NoToken() {
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("confirmEmail.title")} intro={t("confirmEmail.noToken")}>
      <LinkButton href="/profile" wide>
        {t("confirmEmail.form.toProfile")}
      </LinkButton>
    </AuthCard>
  );
}
