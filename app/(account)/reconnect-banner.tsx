import { getTranslations } from "@/app/_request/translations";
import { SubmitButton } from "@/components/submit-button";
import { findConnectionsNeedingConsent } from "@/features/provider-token/data";
import type { LatchkeySession } from "@/features/session/session";
import { enabledProviders } from "@/providers/enabled-providers";
import { connectAction } from "./settings/connections/actions";

/** Asks to go once more to the providers that no longer renew their tokens (S13). Only the person can mend that; their session goes on as it is. */
export async function ReconnectBanner({ session }: { session: LatchkeySession | null }) {
  if (session?.error !== "RefreshTokenError") return null;
  const connections = await findConnectionsNeedingConsent(session.user.id);
  const broken = (await enabledProviders()).filter(({ id }) => connections.some(({ provider }) => provider === id));
  if (broken.length === 0) return null;
  const t = await getTranslations("account");
  return (
    <section aria-label={t("reconnect.label")} className="border-b border-border bg-accent-soft">
      <ul className="mx-auto flex w-full max-w-5xl flex-col gap-3 px-5 py-3 sm:px-8">
        {broken.map(({ id, name }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-[0.9375rem]">
            <span className="min-w-0 flex-1 basis-60">
              {t.rich("reconnect.text", { provider: name, b: (text) => <span className="font-medium">{text}</span> })}
            </span>
            <form action={connectAction}>
              <input type="hidden" name="provider" value={id} />
              <SubmitButton variant="secondary">{t("reconnect.submit", { provider: name })}</SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
