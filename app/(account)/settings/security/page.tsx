import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { ActivityCard } from "./activity/activity-card";
import { PasskeysCard } from "./passkeys/passkeys-card";
import { PasswordCard } from "./password-card";
import { SecondFactorCard } from "./second-factor/second-factor-card";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("security");
  return { title: t("title") };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function SecurityPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { user } = await requireSession("/settings/security");
  const query = await searchParams;
  const t = await getTranslations("security");
  return (
    <>
      <h1 className="text-3xl leading-tight">{t("title")}</h1>
      <p className="mt-2 mb-8 text-muted">{t("intro")}</p>
      <div className="flex flex-col gap-6">
        <PasswordCard userId={user.id} done={query["password"]} />
        <SecondFactorCard userId={user.id} />
        <PasskeysCard userId={user.id} query={query} />
        <ActivityCard userId={user.id} />
      </div>
    </>
  );
}
