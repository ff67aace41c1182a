import { ConfirmDialog } from "@/components/confirm-dialog";
import { LocalTime } from "@/components/local-time";
import { TextLink } from "@/components/text-link";
import { describeDevice } from "@/features/session-overview/describe-device";
import type { ListedSession } from "@/features/session-overview/list-sessions";
import { durationInWords } from "@/lib/duration-in-words";
import { env } from "@/lib/env/env";
import { timeAgo } from "@/lib/time-ago";
import type { EnabledProvider } from "@/providers/enabled-providers";
import { describeMethod } from "../../dashboard/sign-in-in-words";
import { endSessionAction } from "./actions";

interface SessionItemProps {
  session: ListedSession;
  /** Whether the address asks to end it. */
  asked: boolean;
  now: Date;
  providers: readonly EnabledProvider[];
}

export function SessionItem({ session, asked, now, providers }: SessionItemProps) {
  const { id, current, method, createdAt, ip } = session;
  const device = describeDevice(session.userAgent);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium break-words">{device}</span>
          {current && (
            <span className="rounded-full bg-accent-soft px-2.5 py-0.5 text-sm font-medium text-accent">
              This device
            </span>
          )}
        </p>
        <p className="mt-1 text-[0.9375rem] text-muted">
          <LastUse session={session} now={now} />
          {ip && `, from ${ip}`}
        </p>
        <p className="text-[0.9375rem] text-muted">
          Signed in {lowerFirst(describeMethod(method, providers))}, <LocalTime at={createdAt.toISOString()} />
        </p>
        {current && (
          <p className="mt-2 text-[0.9375rem]">
            {/* Not fetched ahead: it would ask for the password before anybody wants to go there. */}
            <TextLink href="/settings/sessions/details" prefetch={false}>
              What your session cookie says
            </TextLink>
          </p>
        )}
      </div>
      <ConfirmDialog
        label={current ? "Sign out" : "End"}
        {...(current ? {} : { fullLabel: `End ${device}, last used ${timeAgo(session.lastSeenAt, now)}` })}
        title={current ? "Sign out on this device?" : `End the session on ${device}?`}
        confirmLabel={current ? "Sign out" : "End session"}
        action={endSessionAction}
        fields={{ id }}
        href={`/settings/sessions?confirm=${id}`}
        closedHref="/settings/sessions"
        asked={asked}
      >
        {current ? "You can sign in again at any time." : "Whoever uses it there will have to sign in again."}
      </ConfirmDialog>
    </li>
  );
}

/** No more than is known: inside its access window a session is used without a trace in the database. */
function LastUse({ session, now }: Pick<SessionItemProps, "session" | "now">) {
  if (session.current) return "Active now";
  if (session.recentlyUsed) return `Active in the last ${durationInWords(env().SESSION_ACCESS_TTL)}`;
  return (
    <>
      Last used <LocalTime at={session.lastSeenAt.toISOString()}>{timeAgo(session.lastSeenAt, now)}</LocalTime>
    </>
  );
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
