import { getLanguage, getTranslations } from "@/app/_request/translations";
import { LocalTime } from "@/components/local-time";
import { TextLink } from "@/components/text-link";
import type { Activity } from "@/features/activity/list-activity";
import { isDoubtful, tellEvent } from "@/features/activity/sentences";
import { versionInWords } from "@/features/terms/version-in-words";
import { enabledProviders } from "@/providers/enabled-providers";

/** What happened, newest first: what, on which device, when, from where. */
export async function ActivityList({ events }: { events: readonly Activity[] }) {
  const [t, language, providers] = await Promise.all([getTranslations("activity"), getLanguage(), enabledProviders()]);
  const names = {
    provider: (id: string) => providers.find((provider) => provider.id === id)?.name ?? id,
    termsVersion: (version: string) => versionInWords(version, language),
  };
  return (
    <ul className="divide-y divide-border">
      {events.map((event) => (
        <ActivityItem
          key={`${event.at.toISOString()} ${event.kind} ${event.sessionId}`}
          event={event}
          sentence={tellEvent(t, event.kind, event.details, names)}
        />
      ))}
    </ul>
  );
}

async function ActivityItem({ event, sentence }: { event: Activity; sentence: string }) {
  const t = await getTranslations("security");
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">{sentence}</p>
        <EventPlace event={event} />
      </div>
      {isDoubtful(event.kind) && (
        <p className="text-[0.9375rem]">
          <TextLink
            href={`/settings/security/report${event.sessionId ? `?session=${event.sessionId}` : ""}`}
            aria-label={t("activity.notMeNamed", { event: sentence })}
          >
            {t("activity.notMe")}
          </TextLink>
        </p>
      )}
    </li>
  );
}

/** When and where: "4 March 2026 at 10:15", and below it "Firefox on Windows, from 192.0.2.7". */
export async function EventPlace({ event: { at, device, ip } }: { event: Activity }) {
  const t = await getTranslations("security");
  return (
    <div className="mt-1 text-[0.9375rem] text-muted">
      <p>
        <LocalTime at={at.toISOString()} />
      </p>
      {device && (
        <p className="break-words">
          {/* `::1` has no letter that tells its direction. */}
          {ip ? t.rich("activity.from", { device, ip, address: (text) => <bdi dir="ltr">{text}</bdi> }) : device}
        </p>
      )}
    </div>
  );
}
