import { getTranslations } from "@/app/_request/translations";
import { SubmitButton } from "@/components/submit-button";
import { forgetPersonAction } from "./actions";

/** Greets whom this browser knows, and lets anybody else say that they are not that. */
export async function KnownPersonGreeting({ name }: { name: string }) {
  const t = await getTranslations("auth");
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4">
      <p className="wrap-anywhere min-w-0">{t("signIn.welcomeBack", { name })}</p>
      <form action={forgetPersonAction} className="-mx-5 -my-2">
        <SubmitButton variant="quiet">{t("signIn.notMe")}</SubmitButton>
      </form>
    </div>
  );
}
