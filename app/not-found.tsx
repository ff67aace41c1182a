import { getTranslations } from "@/app/_request/translations";
import { TextLink } from "@/components/text-link";

/**
 * For pages that find out by themselves that they are not there; everything else the gate leads to app/missing. Next sends this
 * file's content along with every page, in case, so that it says no more than it has to.
 */
export default async function NotFound() {
  const t = await getTranslations("site");
  return (
    <main id="main" className="m-auto px-5 py-16 text-center">
      <h1 className="text-3xl">{t("notFound.title")}</h1>
      <p className="my-3 text-muted">{t("notFound.text")}</p>
      <TextLink href="/">{t("notFound.start")}</TextLink>
    </main>
  );
}
