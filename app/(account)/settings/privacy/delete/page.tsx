import type { Metadata } from "next";

import { requireRecentAuthentication, requireStepUp } from "@/app/_request/session";
import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import { TextLink } from "@/components/text-link";
import { findSignInMethods } from "@/features/account/data";
import { DELETION_MAX_AGE_SECONDS } from "@/features/account-deletion/policy";
import { RETENTION_SECONDS } from "@/features/clean-up/retention";
import { addSeconds, systemClock } from "@/lib/clock";
import { durationInWords } from "@/lib/duration-in-words";
import { DeleteForm } from "./delete-form";

export const metadata: Metadata = { title: "Delete your account" };

const PAGE = "/settings/privacy/delete";

export default async function DeleteAccountPage() {
  const { user } = await requireStepUp(PAGE);
  const { password } = await findSignInMethods(user.id);
  if (!password) await requireRecentAuthentication(DELETION_MAX_AGE_SECONDS, PAGE);
  const dueAt = addSeconds(systemClock(), RETENTION_SECONDS.deletedAccounts);

  return (
    <>
      <h1 className="text-3xl leading-tight">Delete your account</h1>
      <p className="mt-2 mb-8 text-muted">
        The account of <strong className="font-medium break-words text-foreground">{user.email}</strong>.
      </p>
      <Card title="What will happen">
        <ul className="mb-6 flex list-disc flex-col gap-2 pl-5">
          <li>At once, you are signed out on every device, this one included, and we send you a mail.</li>
          <li>
            For {durationInWords(RETENTION_SECONDS.deletedAccounts)} nothing is lost. Sign in during that time, and you
            are asked whether you want to keep the account.
          </li>
          <li>
            After that, on <LocalTime at={dueAt.toISOString()} />, everything in it is deleted for good. What stays, and
            why, is said under <TextLink href="/settings/privacy">Privacy</TextLink>, where you can also download your
            data first.
          </li>
        </ul>
        <DeleteForm email={user.email} asksPassword={password} />
      </Card>
    </>
  );
}
