import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { requireSession } from "@/app/_request/session";
import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import { TextLink } from "@/components/text-link";
import { findSecuringState } from "@/features/activity/data";
import { securingSteps } from "@/features/activity/securing-steps";
import { Steps } from "./steps";

export const metadata: Metadata = { title: "Secure your account" };

export default async function ChecklistPage() {
  const { user } = await requireSession("/settings/security/checklist");
  const account = await findSecuringState(user.id);
  // Nothing was reported: there is nothing to go through.
  if (!account) redirect("/settings/security");
  const steps = securingSteps(account);
  const left = steps.filter(({ state }) => state === "to_do").length;
  return (
    <>
      <h1 className="text-3xl leading-tight">Secure your account</h1>
      <p className="mt-2 mb-8 text-muted">
        You reported that somebody else was in it, <LocalTime at={account.reportedAt.toISOString()} />. Everybody is
        out; so that nobody comes back, go through this list.
      </p>
      <div className="flex flex-col gap-6">
        <Card title={left === 0 ? "Nothing is left that we know of" : `Left to do: ${left}`}>
          <Steps steps={steps} email={account.email} />
        </Card>
        <p className="text-muted">
          You can come back to this page at any time.{" "}
          <TextLink href="/settings/security/activity">See what happened to your account</TextLink>
        </p>
      </div>
    </>
  );
}
