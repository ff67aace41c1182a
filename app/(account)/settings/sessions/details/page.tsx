import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { requireRecentAuthentication, sessionCookieValue } from "@/app/_request/session";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import { SESSION_DETAILS_MAX_AGE_SECONDS } from "@/features/reauthentication/policy";
import { readSessionDetails } from "@/features/session-overview/session-details";
import { systemClock } from "@/lib/clock";
import { CookieCard } from "./cookie-card";
import { FeedCard } from "./feed-card";
import { LifetimeCard } from "./lifetime-card";
import { PersonCard } from "./person-card";

export const metadata: Metadata = { title: "What your session cookie says" };

export default async function SessionDetailsPage() {
  await requireRecentAuthentication(SESSION_DETAILS_MAX_AGE_SECONDS, "/settings/sessions/details");
  const details = await readSessionDetails(await sessionCookieValue(), systemClock());
  if (!details) redirect("/settings/sessions");

  return (
    // A look at the machine, in the words that its standards use.
    <div lang="en" dir="ltr">
      <p className="mb-3 text-[0.9375rem]">
        <TextLink href="/settings/sessions">Sessions</TextLink>
      </p>
      <h1 className="text-3xl leading-tight">What your session cookie says</h1>
      <p className="mt-2 mb-8 text-muted">
        Your browser holds one sealed cookie. Only this site can open it; this page did so for you, just now.
      </p>
      <div className="flex flex-col gap-6">
        <PersonCard claims={details.claims} />
        <LifetimeCard claims={details.claims} row={details.row} />
        <FeedCard feed={details.feed} />
        <CookieCard cookie={details.cookie} />
        <Card title="What it does not hold">
          <p className="text-muted">
            No password, no token of a provider, and nothing that a script in your browser could read. Its value is
            never shown, here or anywhere else: whoever has it is you.
          </p>
        </Card>
      </div>
    </div>
  );
}
