import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { Card } from "@/components/card";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { listSessions } from "@/features/session-overview/list-sessions";
import { systemClock } from "@/lib/clock";
import { durationInWords } from "@/lib/duration-in-words";
import { env } from "@/lib/env/env";
import { enabledProviders } from "@/providers/enabled-providers";
import { endOtherSessionsAction } from "./actions";
import { EndedMessage } from "./ended-message";
import { SessionItem } from "./session-item";

export const metadata: Metadata = { title: "Sessions" };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function SessionsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { user, session } = await requireSession("/settings/sessions");
  const query = await searchParams;
  const now = systemClock();
  const { sessions, total } = await listSessions(user.id, session.id, now);
  const providers = await enabledProviders();
  const others = total - 1;

  return (
    <>
      <h1 className="text-3xl leading-tight">Sessions</h1>
      <p className="mt-2 mb-8 text-muted">
        Every place where you are signed in. End what you don't know or don't use any more: it stops working at once.
      </p>
      <div className="flex flex-col gap-6">
        <EndedMessage ended={query["ended"]} userId={user.id} />
        <Card title="Where you are signed in">
          <ul className="divide-y divide-border">
            {sessions.map((one) => (
              <SessionItem
                key={one.id}
                session={one}
                asked={query["confirm"] === one.id}
                now={now}
                providers={providers}
              />
            ))}
          </ul>
          {total > sessions.length && (
            <p className="border-t border-border pt-4 text-muted">
              And {total - sessions.length} more, used longer ago.
            </p>
          )}
          {others === 0 ? (
            <p className="border-t border-border pt-4 text-muted">
              This is your only session. When you sign in somewhere else, it appears here.
            </p>
          ) : (
            <p className="border-t border-border pt-4 text-sm text-muted">
              When a session was last used is known to within {durationInWords(env().SESSION_ACCESS_TTL)}.
            </p>
          )}
        </Card>
        {others > 0 && (
          <Card title="Everywhere else">
            <p className="mb-5 text-muted">Signs you out on every device but this one.</p>
            <ConfirmDialog
              label="End all other sessions"
              title={others === 1 ? "End the other session?" : `End ${others} other sessions?`}
              confirmLabel={others === 1 ? "End it" : "End them all"}
              action={endOtherSessionsAction}
              href="/settings/sessions?confirm=others"
              closedHref="/settings/sessions"
              asked={query["confirm"] === "others"}
            >
              You stay signed in here, and everywhere else you will have to sign in again.
            </ConfirmDialog>
          </Card>
        )}
      </div>
    </>
  );
}
