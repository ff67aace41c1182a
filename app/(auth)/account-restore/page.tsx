import type { Metadata } from "next";

import { requireSessionDueForDeletion } from "@/app/_request/session";
import { FormMessage } from "@/components/form-message";
import { LocalTime } from "@/components/local-time";
import { SubmitButton } from "@/components/submit-button";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { AuthCard } from "../auth-card";
import { letGoAction, restoreAction } from "./actions";

export const metadata: Metadata = { title: "Keep your account?" };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function AccountRestorePage({ searchParams }: { searchParams: Promise<Query> }) {
  const callbackUrl = safeCallbackPath((await searchParams)["callbackUrl"]);
  const { user, deletionDueAt } = await requireSessionDueForDeletion(callbackUrl);
  return (
    <AuthCard
      title="Keep your account?"
      intro={
        <>
          The account of <strong className="font-medium break-words text-foreground">{user.email}</strong> is due for
          deletion on <LocalTime at={deletionDueAt} />. Until you decide, nothing else is open.
        </>
      }
    >
      <FormMessage tone="info">
        Keep it, and everything is as it was before; you stay signed in here. If it wasn't you who asked for the
        deletion, change your password next.
      </FormMessage>
      <form action={restoreAction}>
        <input type="hidden" name="callbackUrl" value={callbackUrl} />
        <SubmitButton wide>Keep my account</SubmitButton>
      </form>
      <form action={letGoAction}>
        <SubmitButton variant="secondary" wide>
          Let it be deleted, and sign out
        </SubmitButton>
      </form>
    </AuthCard>
  );
}
