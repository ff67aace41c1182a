import { brand } from "@/brand";
import { TextLink } from "@/components/text-link";

/** Says what whoever goes on agrees to. Signing up is the consent that is recorded, so no page that offers it goes without. */
export function TermsLine({ by }: { by: string }) {
  const { terms, privacy } = brand.legal;
  return (
    <p className="text-center text-sm text-muted">
      {by} you agree to our <TextLink href={terms.href}>terms of use</TextLink> and have read our{" "}
      <TextLink href={privacy.href}>privacy notice</TextLink>.
    </p>
  );
}
