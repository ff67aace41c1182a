import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
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
import { LOCALE_OPTIONS, TIME_ZONE_OPTIONS } from "./preference-options";
import { PreferencesForm } from "./preferences-form";
import { ProfileForm } from "./profile-form";

export const metadata: Metadata = { title: "Profile" };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ProfilePage({ searchParams }: { searchParams: Promise<Query> }) {
  const { user, session, preferences } = await requireSession("/profile");
  const [query, offers] = await Promise.all([searchParams, findOfferedPictures(user.id)]);
  const tooLarge = query["too-large"] !== undefined;
  return (
    <div className="mx-auto max-w-2xl">
      <h1 className="text-3xl leading-tight">Profile</h1>
      <p className="mt-2 mb-8 text-muted">What we know about you, and what you can change.</p>
      <div className="flex flex-col gap-6">
        <Card title="About you">
          <ProfileForm name={user.name ?? ""} />
        </Card>
        <Card title="Your picture">
          <p className="mb-5 text-muted">It stands in the menu. Without one, the first letter of your name does.</p>
          <PictureForm
            name={user.name ?? user.email}
            image={ownPicture(user.image)}
            offers={offers.map(({ id, provider }) => ({ id, providerName: providerName(provider) }))}
            tooLarge={tooLarge}
          />
        </Card>
        <EmailCard userId={user.id} email={user.email} authTime={session.authTime} notice={query["email"]} />
        <Card title="Dates and times">
          <p className="mb-5 text-muted">
            How they are written, on these pages and in mails to you. The words around them stay English. It is now{" "}
            <LocalTime at={systemClock().toISOString()} />.
          </p>
          <PreferencesForm preferences={preferences} locales={LOCALE_OPTIONS} timeZones={TIME_ZONE_OPTIONS} />
        </Card>
        <Card title="Sign out">
          <p className="mb-5 text-muted">Ends this sign-in on this device, at once and for good.</p>
          <form action={signOutAction}>
            <SubmitButton variant="secondary">Sign out</SubmitButton>
          </form>
        </Card>
      </div>
    </div>
  );
}
