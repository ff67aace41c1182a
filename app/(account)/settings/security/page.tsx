import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { ActivityCard } from "./activity/activity-card";
import { SecondFactorCard } from "./second-factor/second-factor-card";

export const metadata: Metadata = { title: "Security" };

export default async function SecurityPage() {
  const { user } = await requireSession("/settings/security");
  return (
    <>
      <h1 className="text-3xl leading-tight">Security</h1>
      <p className="mt-2 mb-8 text-muted">How you prove that it is you, and what happened to your account.</p>
      <div className="flex flex-col gap-6">
        <SecondFactorCard userId={user.id} />
        <ActivityCard userId={user.id} />
      </div>
    </>
  );
}
