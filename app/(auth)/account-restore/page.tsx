import type { Metadata } from "next";

import { requireSessionDueForDeletion } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { FormMessage } from "@/components/form-message";
import { LocalTime } from "@/components/local-time";
import { SubmitButton } from "@/components/submit-button";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { Address } from "../address";
import { AuthCard } from "../auth-card";
import { letGoAction, restoreAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("accountRestore.title") };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function AccountRestorePage({ searchParams }: { searchParams: Promise<Query> }) {
  const callbackUrl = safeCallbackPath((await searchParams)["callbackUrl"]);
  const { user, deletionDueAt } = await requireSessionDueForDeletion(callbackUrl);
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("accountRestore.title")}
      intro={t.rich("accountRestore.intro", {
        email: user.email,
        address: (text) => <Address>{text}</Address>,
        time: () => <LocalTime at={deletionDueAt} />,
      })}
    >
      <FormMessage tone="info">{t("accountRestore.whatThen")}</FormMessage>
      <form action={restoreAction}>
        <input type="hidden" name="callbackUrl" value={callbackUrl} />
        <SubmitButton wide>{t("accountRestore.keep")}</SubmitButton>
      </form>
      <form action={letGoAction}>
        <SubmitButton variant="secondary" wide>
          {t("accountRestore.letGo")}
        </SubmitButton>
      </form>
    </AuthCard>
  );
}
