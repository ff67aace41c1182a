import type { Metadata } from "next";

import { KeptList } from "@/app/_kept/kept-list";
import { requireSession } from "@/app/_request/session";
import { ArrivalMessage } from "@/components/arrival-message";
import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { EXPORT_MAX_AGE_SECONDS } from "@/features/account-export/policy";
import { RETENTION_SECONDS } from "@/features/clean-up/retention";
import { authenticatedWithin } from "@/features/reauthentication/authenticated-within";
import { addSeconds, epochSeconds, systemClock } from "@/lib/clock";
import { durationInWords } from "@/lib/duration-in-words";
import { ExportLink } from "./export-link";

export const metadata: Metadata = { title: "Privacy" };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function PrivacyPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { session } = await requireSession("/settings/privacy");
  const confirmed = (await searchParams)["confirmed"] === "1";
  const provenAt = new Date(session.authTime);
  const isRecent = authenticatedWithin(epochSeconds(provenAt), EXPORT_MAX_AGE_SECONDS, systemClock());
  const openUntil = isRecent ? addSeconds(provenAt, EXPORT_MAX_AGE_SECONDS).toISOString() : null;

  return (
    <>
      <h1 className="text-3xl leading-tight">Privacy</h1>
      <p className="mt-2 mb-8 text-muted">What we hold about you, for how long, and how to take it or end it.</p>
      <div className="flex flex-col gap-6">
        {confirmed && isRecent && (
          <ArrivalMessage tone="success">Thank you. You can download your data now.</ArrivalMessage>
        )}
        <Card title="Your data">
          <p className="mb-5 text-muted">
            One file with everything that we hold about you, as JSON: readable as it is, and by other programs. It holds
            no password and no code. {openUntil === null && "You will be asked to confirm that it's you first."}
          </p>
          <ExportLink openUntil={openUntil} />
        </Card>
        <Card title="What we keep, and for how long">
          <KeptList />
        </Card>
        <Card title="Delete your account">
          <p className="mb-5 text-muted">
            You are signed out everywhere at once, and the account goes{" "}
            {durationInWords(RETENTION_SECONDS.deletedAccounts)} later. The next page says it in full, and asks again.
          </p>
          {/* Not fetched ahead: it may ask who you are before anybody wants to go there. */}
          <LinkButton href="/settings/privacy/delete" variant="secondary" prefetch={false}>
            Delete my account
          </LinkButton>
        </Card>
      </div>
    </>
  );
}
