import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { getTranslations, getWords } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import { SubmitButton } from "@/components/submit-button";
import { findOfferedPictures } from "@/features/avatar/data";
import { ownPicture } from "@/features/avatar/own-picture";
import { providerName } from "@/features/sign-up/provider-name";
import { systemClock } from "@/lib/clock";
import { signOutAction } from "../actions";
import { EmailCard } from "./email-card";
import { PictureForm } from "./picture-form";
import { localeOptions, timeZoneOptions } from "./preference-options";
import { PreferencesForm } from "./preferences-form";
import { ProfileForm } from "./profile-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("profile.title") };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ProfilePage({ searchParams }: { searchParams: Promise<Query> }) {
  const { user, session, preferences } = await requireSession("/profile");
  const [query, offers] = await Promise.all([searchParams, findOfferedPictures(user.id)]);
  const tooLarge = query["too-large"] !== undefined;
  const t = await getTranslations("account");
  return (
    <div className="mx-auto max-w-2xl">
      <h1 className="text-3xl leading-tight">{t("profile.title")}</h1>
      <p className="mt-2 mb-8 text-muted">{t("profile.intro")}</p>
      <div className="flex flex-col gap-6">
        <Card title={t("profile.about.title")}>
          <ProfileForm words={await getWords("account.profile.about.form")} name={user.name ?? ""} />
        </Card>
        <Card title={t("profile.picture.title")}>
          <p className="mb-5 text-muted">{t("profile.picture.text")}</p>
          <PictureForm
            words={await getWords("account.profile.picture.form")}
            tooLargeWords={t("profile.picture.refusals.too_large")}
            name={user.name ?? user.email}
            image={ownPicture(user.image)}
            offers={offers.map(({ id, provider }) => ({ id, providerName: providerName(provider) }))}
            tooLarge={tooLarge}
          />
        </Card>
        <EmailCard userId={user.id} email={user.email} authTime={session.authTime} notice={query["email"]} />
        <Card title={t("profile.preferences.title")}>
          <p className="mb-5 text-muted">
            {t.rich("profile.preferences.text", { time: () => <LocalTime at={systemClock().toISOString()} /> })}
          </p>
          <PreferencesForm
            words={await getWords("account.profile.preferences.form")}
            preferences={preferences}
            locales={localeOptions(t)}
            timeZones={timeZoneOptions(t)}
          />
        </Card>
        <Card title={t("profile.signOut.title")}>
          <p className="mb-5 text-muted">{t("profile.signOut.text")}</p>
          <form action={signOutAction}>
            <SubmitButton variant="secondary">{t("profile.signOut.submit")}</SubmitButton>
          </form>
        </Card>
      </div>
    </div>
  );
}
