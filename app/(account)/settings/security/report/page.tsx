import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { SubmitButton } from "@/components/submit-button";
import { findOwnSignIn } from "@/features/activity/list-activity";
import { EventPlace } from "../activity/activity-list";
import { reportAction } from "./actions";

export const metadata: Metadata = { title: "This wasn't me" };

const PAGE = "/settings/security/report";

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ReportPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { session: asked } = await searchParams;
  const id = typeof asked === "string" ? asked : "";
  const { user, session } = await requireSession(id ? `${PAGE}?session=${encodeURIComponent(id)}` : PAGE);
  const signIn = await findOwnSignIn(await getTranslations("account"), user.id, id);
  return (
    <>
      <h1 className="text-3xl leading-tight">This wasn't me</h1>
      <p className="mt-2 mb-8 text-muted">Was somebody else in your account? Then everybody has to leave it first.</p>
      <Card title="What happens when you go on">
        {signIn && (
          <div className="mb-4 rounded-control border border-border px-4 py-3">
            <p className="font-medium">
              {signIn.sessionId === session.id
                ? "It is about the session that you are in now"
                : "It is about this sign-in"}
            </p>
            <EventPlace event={signIn} />
          </div>
        )}
        <ul className="list-disc space-y-2 pl-5">
          <li>All sessions end, on every device. You are signed out here, too.</li>
          <li>No browser is trusted any more: each has to give the second factor again, if you have one.</li>
          <li>
            A move to another e-mail address that waits to be confirmed is stopped, and links that wait stop working.
          </li>
          <li>You sign in again, and we go through what else to look at: your password, and the ways to sign in.</li>
        </ul>
        <p className="mt-4 text-muted">Your password and your data stay as they are.</p>
        <form action={reportAction} className="mt-6 flex flex-wrap gap-3">
          <input type="hidden" name="session" value={signIn?.sessionId ?? ""} />
          <SubmitButton>End all sessions</SubmitButton>
          <LinkButton href="/settings/security" variant="secondary">
            Cancel
          </LinkButton>
        </form>
      </Card>
    </>
  );
}
