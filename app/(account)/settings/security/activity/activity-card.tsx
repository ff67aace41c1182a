import { getTranslations } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { TextLink } from "@/components/text-link";
import type { UserId } from "@/features/account/user-id";
import { listActivity } from "@/features/activity/list-activity";
import { ActivityList } from "./activity-list";

/** As many as can be looked over at a glance. */
const NEWEST = 5;

/** The newest of what happened to the account. */
export async function ActivityCard({ userId }: { userId: UserId }) {
  const { events, hasOlder } = await listActivity(await getTranslations("account"), userId, 1, NEWEST);
  const t = await getTranslations("security");
  return (
    <Card title={t("activity.title")}>
      <p className="text-muted">{events.length > 0 ? t("activity.newest") : t("activity.nothingYet")}</p>
      {events.length > 0 && <ActivityList events={events} />}
      {hasOlder && (
        <p className="border-t border-border pt-4">
          <TextLink href="/settings/security/activity">{t("activity.all")}</TextLink>
        </p>
      )}
    </Card>
  );
}
