import { brand } from "@/brand";
import { SubmitButton } from "@/components/submit-button";
import { TextLink } from "@/components/text-link";
import { TERMS_VERSION } from "@/features/terms/policy";
import { versionInWords } from "@/features/terms/version-in-words";
import { agreeAction } from "./actions";

/** Asks once for consent to a new version of the terms. Everything goes on meanwhile. */
export function TermsBanner({ isNew }: { isNew: boolean }) {
  const { terms, privacy } = brand.legal;
  return (
    <section aria-label="Terms" className="border-b border-border bg-accent-soft">
      <form
        action={agreeAction}
        className="mx-auto flex w-full max-w-5xl flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-3 text-[0.9375rem] sm:px-8"
      >
        <input type="hidden" name="version" value={TERMS_VERSION} />
        <p className="min-w-0 flex-1 basis-60">
          <span className="font-medium">{isNew ? "There are terms to agree to." : "Our terms have changed."}</span>{" "}
          Please read the <TextLink href={terms.href}>terms of use</TextLink> and the{" "}
          <TextLink href={privacy.href}>privacy notice</TextLink> of {versionInWords(TERMS_VERSION)}. Nothing is locked
          until you agree.
        </p>
        <SubmitButton variant="secondary">I agree to them</SubmitButton>
      </form>
    </section>
  );
}
