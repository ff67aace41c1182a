import type { Metadata } from "next";

import { requireStepUp } from "@/app/_request/session";
import { getTranslations, getWords } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { TextLink } from "@/components/text-link";
import { findSignInMethods } from "@/features/account/data";
import { SET_PASSWORD_MAX_AGE_SECONDS } from "@/features/password-change/policy";
import { authenticatedWithin } from "@/features/reauthentication/authenticated-within";
import { epochSeconds, systemClock } from "@/lib/clock";
import { PasswordForm } from "./password-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("security");
  return { title: t("password.title") };
}

const PAGE = "/settings/security/password";

export default async function PasswordPage() {
  const { user, session } = await requireStepUp(PAGE);
  const t = await getTranslations("security");
  const { password: hasPassword } = await findSignInMethods(user.id);
  const provenAt = epochSeconds(new Date(session.authTime));
  const isRecent = authenticatedWithin(provenAt, SET_PASSWORD_MAX_AGE_SECONDS, systemClock());
  return (
    <>
      <h1 className="text-3xl leading-tight">{hasPassword ? t("password.changeTitle") : t("password.setTitle")}</h1>
      <p className="mt-2 mb-8 text-muted">{hasPassword ? t("password.changeIntro") : t("password.setIntro")}</p>
      <Card>
        {hasPassword || isRecent ? (
          <PasswordForm
            words={await getWords("security.password.form")}
            passwordWords={await getWords("rules.newPassword")}
            hasPassword={hasPassword}
            email={user.email}
            name={user.name}
          />
        ) : (
          <>
            <p className="mb-5">{t("password.confirmFirst")}</p>
            <LinkButton href={`/re-authenticate?callbackUrl=${encodeURIComponent(PAGE)}`}>
              {t("password.confirm")}
            </LinkButton>
          </>
        )}
      </Card>
      <p className="mt-6 text-[0.9375rem]">
        <TextLink href="/settings/security">{t("password.back")}</TextLink>
      </p>
    </>
  );
}
