import { getTranslations } from "@/app/_request/translations";
import { brand } from "@/brand";
import { TextLink } from "@/components/text-link";

/** Says what whoever goes on agrees to. Signing up is the consent that is recorded, so no page that offers it goes without. */
export async function TermsLine({ page }: { page: "signIn" | "signUp" }) {
  const t = await getTranslations("auth");
  const { terms, privacy } = brand.legal;
  return (
    <p className="text-center text-sm text-muted">
      {t.rich(`terms.${page}`, {
        terms: (text) => <TextLink href={terms}>{text}</TextLink>,
        privacy: (text) => <TextLink href={privacy}>{text}</TextLink>,
      })}
    </p>
  );
}
