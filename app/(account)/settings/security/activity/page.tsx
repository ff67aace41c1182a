import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { TextLink } from "@/components/text-link";
import { listActivity, parsePage } from "@/features/activity/list-activity";
import type { Translator } from "@/lib/i18n/translator";
import { ActivityList } from "./activity-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("security");
  return { title: t("activity.title") };
}

const PAGE = "/settings/security/activity";
const PAGE_SIZE = 20;

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ActivityPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { user } = await requireSession(PAGE);
  const page = parsePage((await searchParams)["page"]);
  const { events, hasOlder } = await listActivity(await getTranslations("account"), user.id, page, PAGE_SIZE);
  const t = await getTranslations("security");
  return (
    <>
      <h1 className="text-3xl leading-tight">{t("activity.title")}</h1>
      <p className="mt-2 mb-8 text-muted">
        {t.rich("activity.intro", { security: (text) => <TextLink href="/settings/security">{text}</TextLink> })}
      </p>
      <Card>
        {events.length > 0 ? (
          <ActivityList events={events} />
        ) : (
          <p className="text-muted">{page > 1 ? t("activity.nothingOlder") : t("activity.none")}</p>
        )}
        <Pager t={t} page={page} hasOlder={hasOlder} />
      </Card>
    </>
  );
}

function Pager({ t, page, hasOlder }: { t: Translator<"security">; page: number; hasOlder: boolean }) {
  if (page === 1 && !hasOlder) return null;
  return (
    <nav aria-label={t("activity.pages")} className="flex flex-wrap justify-between gap-3 border-t border-border pt-5">
      {page > 1 ? (
        <LinkButton href={page === 2 ? PAGE : `${PAGE}?page=${page - 1}`} variant="secondary">
          {t("activity.newer")}
        </LinkButton>
      ) : (
        <span />
      )}
      {hasOlder && (
        <LinkButton href={`${PAGE}?page=${page + 1}`} variant="secondary">
          {t("activity.older")}
        </LinkButton>
      )}
    </nav>
  );
}
