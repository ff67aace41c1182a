import { getLanguage, getTranslations } from "@/app/_request/translations";
import { brand } from "@/brand";
import { SubmitButton } from "@/components/submit-button";
import { TextLink } from "@/components/text-link";
import { TERMS_VERSION } from "@/features/terms/policy";
import { versionInWords } from "@/features/terms/version-in-words";
import { agreeAction } from "./actions";

/** Asks once for consent to a new version of the terms. Everything goes on meanwhile. */
export async function TermsBanner({ isNew }: { isNew: boolean }) {
  const { terms, privacy } = brand.legal;
  const t = await getTranslations("account");
  return (
    <section aria-label={t("terms.label")} className="border-b border-border bg-accent-soft">
      <form
        action={agreeAction}
        className="mx-auto flex w-full max-w-5xl flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-3 text-[0.9375rem] sm:px-8"
      >
        <input type="hidden" name="version" value={TERMS_VERSION} />
        <p className="min-w-0 flex-1 basis-60">
          {t.rich(isNew ? "terms.new" : "terms.changed", {
            version: versionInWords(TERMS_VERSION, await getLanguage()),
            b: (text) => <span className="font-medium">{text}</span>,
            terms: (text) => <TextLink href={terms}>{text}</TextLink>,
            privacy: (text) => <TextLink href={privacy}>{text}</TextLink>,
          })}
        </p>
        <SubmitButton variant="secondary">{t("terms.submit")}</SubmitButton>
      </form>
    </section>
  );
}
