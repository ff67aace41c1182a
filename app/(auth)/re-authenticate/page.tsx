import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { FormMessage } from "@/components/form-message";
import { ProviderIcon } from "@/components/provider-icon";
import { SubmitButton } from "@/components/submit-button";
import { TextLink } from "@/components/text-link";
import { findSignInMethods } from "@/features/account/data";
import { safeCallbackPath } from "@/features/sign-in/safe-callback-path";
import { enabledProviders } from "@/providers/enabled-providers";
import { AuthCard } from "../auth-card";
import { reauthenticateWithProviderAction } from "./actions";
import { PasskeyConfirm } from "./passkey-confirm";
import { ReauthenticateForm } from "./reauthenticate-form";

export const metadata: Metadata = { title: "Confirm that it's you" };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ReauthenticatePage({ searchParams }: { searchParams: Promise<Query> }) {
  const callbackUrl = safeCallbackPath((await searchParams)["callbackUrl"]);
  const { user } = await requireSession(callbackUrl);
  const methods = await findSignInMethods(user.id);
  const providers = (await enabledProviders()).filter(({ id }) => methods.providers.includes(id));

  return (
    <AuthCard
      title="Confirm that it's you"
      intro={
        <>
          You signed in a while ago, and what comes next is worth asking again. You are signed in as{" "}
          <strong className="font-medium break-words text-foreground">{user.email}</strong>.
        </>
      }
      footer={
        <>
          Not now? <TextLink href="/dashboard">Go to your dashboard</TextLink>
        </>
      }
    >
      {providers.map(({ id, name }) => (
        <form key={id} action={reauthenticateWithProviderAction}>
          <input type="hidden" name="provider" value={id} />
          <input type="hidden" name="callbackUrl" value={callbackUrl} />
          <SubmitButton variant="secondary" wide>
            <ProviderIcon providerId={id} />
            Confirm with {name}
          </SubmitButton>
        </form>
      ))}
      {methods.passkeys > 0 && <PasskeyConfirm callbackUrl={callbackUrl} />}
      {methods.password && <ReauthenticateForm callbackUrl={callbackUrl} email={user.email} />}
      {!methods.password && methods.passkeys === 0 && providers.length === 0 && (
        <FormMessage tone="info">
          There is nothing here that you could confirm it with. Sign out, and in again.
        </FormMessage>
      )}
    </AuthCard>
  );
}
