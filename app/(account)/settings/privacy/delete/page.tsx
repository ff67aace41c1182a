import type { Metadata } from "next";

import { requireRecentAuthentication, requireStepUp } from "@/app/_request/session";
import { getLanguage, getTranslations, getWords } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import { TextLink } from "@/components/text-link";
import { findSignInMethods } from "@/features/account/data";
import { DELETION_MAX_AGE_SECONDS } from "@/features/account-deletion/policy";
import { RETENTION_SECONDS } from "@/features/clean-up/retention";
import { addSeconds, systemClock } from "@/lib/clock";
import { durationInWords } from "@/lib/duration-in-words";
import { DeleteForm } from "./delete-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("deletion.title") };
}

const PAGE = "/settings/privacy/delete";

export default async function DeleteAccountPage() {
  const { user } = await requireStepUp(PAGE);
  const { password } = await findSignInMethods(user.id);
  if (!password) await requireRecentAuthentication(DELETION_MAX_AGE_SECONDS, PAGE);
  const dueAt = addSeconds(systemClock(), RETENTION_SECONDS.deletedAccounts);
  const duration = durationInWords(RETENTION_SECONDS.deletedAccounts, await getLanguage());
  const t = await getTranslations("account");

  return (
    <>
      <h1 className="text-3xl leading-tight">{t("deletion.title")}</h1>
      <p className="mt-2 mb-8 text-muted">
        {t.rich("deletion.account", {
          email: user.email,
          b: (text) => <bdi className="font-medium break-words text-foreground">{text}</bdi>,
        })}
      </p>
      <Card title={t("deletion.consequences.title")}>
        <ul className="mb-6 flex list-disc flex-col gap-2 ps-5">
          <li>{t("deletion.consequences.atOnce")}</li>
          <li>{t("deletion.consequences.meanwhile", { duration })}</li>
          <li>
            {t.rich("deletion.consequences.after", {
              time: () => <LocalTime at={dueAt.toISOString()} />,
              privacy: (text) => <TextLink href="/settings/privacy">{text}</TextLink>,
            })}
          </li>
        </ul>
        <DeleteForm words={await getWords("account.deletion.form")} email={user.email} asksPassword={password} />
      </Card>
    </>
  );
}
