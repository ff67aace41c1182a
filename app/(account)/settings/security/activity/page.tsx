import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { TextLink } from "@/components/text-link";
import { listActivity, parsePage } from "@/features/activity/list-activity";
import { ActivityList } from "./activity-list";

export const metadata: Metadata = { title: "Security activity" };

const PAGE = "/settings/security/activity";
const PAGE_SIZE = 20;

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ActivityPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { user } = await requireSession(PAGE);
  const page = parsePage((await searchParams)["page"]);
  const { events, hasOlder } = await listActivity(await getTranslations("account"), user.id, page, PAGE_SIZE);
  return (
    <>
      <h1 className="text-3xl leading-tight">Security activity</h1>
      <p className="mt-2 mb-8 text-muted">
        Everything that happened to your account, newest first. <TextLink href="/settings/security">Security</TextLink>
      </p>
      <Card>
        {events.length > 0 ? (
          <ActivityList events={events} />
        ) : (
          <p className="text-muted">
            {page > 1
              ? "There is nothing older."
              : "Nothing has happened yet. Sign-ins and changes will be listed here."}
          </p>
        )}
        <Pager page={page} hasOlder={hasOlder} />
      </Card>
    </>
  );
}

function Pager({ page, hasOlder }: { page: number; hasOlder: boolean }) {
  if (page === 1 && !hasOlder) return null;
  return (
    <nav aria-label="Pages" className="flex flex-wrap justify-between gap-3 border-t border-border pt-5">
      {page > 1 ? (
        <LinkButton href={page === 2 ? PAGE : `${PAGE}?page=${page - 1}`} variant="secondary">
          Newer
        </LinkButton>
      ) : (
        <span />
      )}
      {hasOlder && (
        <LinkButton href={`${PAGE}?page=${page + 1}`} variant="secondary">
          Older
        </LinkButton>
      )}
    </nav>
  );
}
