import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { getTranslations, getWords } from "@/app/_request/translations";
import { FormMessage } from "@/components/form-message";
import { ProviderIcon } from "@/components/provider-icon";
import { SubmitButton } from "@/components/submit-button";
import { TextLink } from "@/components/text-link";
import { findSignInMethods } from "@/features/account/data";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { enabledProviders } from "@/providers/enabled-providers";
import { Address } from "../address";
import { AuthCard } from "../auth-card";
import { reauthenticateWithProviderAction } from "./actions";
import { PasskeyConfirm } from "./passkey-confirm";
import { ReauthenticateForm } from "./reauthenticate-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("reauthenticate.title") };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ReauthenticatePage({ searchParams }: { searchParams: Promise<Query> }) {
  const callbackUrl = safeCallbackPath((await searchParams)["callbackUrl"]);
  const { user } = await requireSession(callbackUrl);
  const methods = await findSignInMethods(user.id);
  const t = await getTranslations("auth");
  const providers = (await enabledProviders()).filter(({ id }) => methods.providers.includes(id));

  return (
    <AuthCard
      title={t("reauthenticate.title")}
      intro={t.rich("reauthenticate.intro", {
        email: user.email,
        address: (text) => <Address>{text}</Address>,
      })}
      footer={t.rich("reauthenticate.notNow", {
        dashboard: (text) => <TextLink href="/dashboard">{text}</TextLink>,
      })}
    >
      {providers.map(({ id, name }) => (
        <form key={id} action={reauthenticateWithProviderAction}>
          <input type="hidden" name="provider" value={id} />
          <input type="hidden" name="callbackUrl" value={callbackUrl} />
          <SubmitButton variant="secondary" wide>
            <ProviderIcon providerId={id} />
            {t("reauthenticate.withProvider", { provider: name })}
          </SubmitButton>
        </form>
      ))}
      {methods.passkeys > 0 && <PasskeyConfirm words={await getWords("auth.passkeys")} callbackUrl={callbackUrl} />}
      {methods.password && (
        <ReauthenticateForm
          words={await getWords("auth.reauthenticate.form")}
          callbackUrl={callbackUrl}
          email={user.email}
        />
      )}
      {!methods.password && methods.passkeys === 0 && providers.length === 0 && (
        <FormMessage tone="info">{t("reauthenticate.nothing")}</FormMessage>
      )}
    </AuthCard>
  );
}
