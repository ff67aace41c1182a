import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { requireSession } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import { TextLink } from "@/components/text-link";
import { findSecuringState } from "@/features/activity/data";
import { securingSteps } from "@/features/activity/securing-steps";
import { Steps } from "./steps";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("security");
  return { title: t("checklist.title") };
}

export default async function ChecklistPage() {
  const { user } = await requireSession("/settings/security/checklist");
  const account = await findSecuringState(user.id);
  // Nothing was reported: there is nothing to go through.
  if (!account) redirect("/settings/security");
  const steps = securingSteps(account);
  const left = steps.filter(({ state }) => state === "to_do").length;
  const t = await getTranslations("security");
  return (
    <>
      <h1 className="text-3xl leading-tight">{t("checklist.title")}</h1>
      <p className="mt-2 mb-8 text-muted">
        {t.rich("checklist.intro", { at: () => <LocalTime at={account.reportedAt.toISOString()} /> })}
      </p>
      <div className="flex flex-col gap-6">
        <Card title={t("checklist.left", { count: left })}>
          <Steps steps={steps} email={account.email} />
        </Card>
        <p className="text-muted">
          {t.rich("checklist.comeBack", {
            activity: (text) => <TextLink href="/settings/security/activity">{text}</TextLink>,
          })}
        </p>
      </div>
    </>
  );
}
