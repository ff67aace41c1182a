import type { ReactNode } from "react";

import { getTranslations } from "@/app/_request/translations";
import { Marked } from "@/components/marked";
import { ProviderIcon } from "@/components/provider-icon";
import { SubmitButton } from "@/components/submit-button";
import { enabledProviders } from "@/providers/enabled-providers";
import { signInWithProviderAction } from "./sign-in/actions";

interface ProviderButtonsProps {
  callbackUrl: string;
  /** What to write at the button of the provider that was used last. */
  lastUsed?: (providerId: string) => string | null;
  note?: ReactNode;
}

/** One button for each provider that the environment enables, and the "or" before the password form; nothing without any. */
export async function ProviderButtons({ callbackUrl, lastUsed = () => null, note }: ProviderButtonsProps) {
  const providers = await enabledProviders();
  if (providers.length === 0) return null;
  const t = await getTranslations("auth");
  return (
    <>
      <ul className="flex flex-col gap-3">
        {providers.map(({ id, name, development }) => (
          <li key={id}>
            <form action={signInWithProviderAction}>
              <input type="hidden" name="provider" value={id} />
              <input type="hidden" name="callbackUrl" value={callbackUrl} />
              <Marked mark={lastUsed(id)}>
                <SubmitButton variant="secondary" wide>
                  <ProviderIcon providerId={id} />
                  {t("providers.continue", { provider: name })}
                </SubmitButton>
              </Marked>
            </form>
            {development && (
              <p className="mt-1.5 text-center text-sm text-muted">{t("providers.development", { provider: name })}</p>
            )}
          </li>
        ))}
      </ul>
      {note}
      <div className="flex items-center gap-4 text-sm text-muted before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        {t("providers.orPassword")}
      </div>
    </>
  );
}
