import { getSession } from "@/app/_request/session";
import { getLanguage, getTranslations } from "@/app/_request/translations";
import { LANGUAGES, nameOfLocale } from "@/lib/i18n/languages";
import { chooseLanguageAction } from "../actions";

/** The languages that there are, each by its own name, to choose from in the footer. Whoever is signed in has the profile page for that. */
export async function LanguageChooser() {
  if (await getSession()) return null;
  const current = await getLanguage();
  const t = await getTranslations("site");
  return (
    <form action={chooseLanguageAction} aria-label={t("language")} className="basis-full">
      <ul className="-mx-2 grid grid-cols-3 justify-items-start sm:flex">
        {LANGUAGES.map((language) => (
          <li key={language}>
            <button
              type="submit"
              name="language"
              value={language}
              lang={language}
              aria-current={language === current ? "true" : undefined}
              className="inline-flex min-h-8 cursor-pointer items-center rounded-md px-2 hover:text-foreground hover:underline aria-[current]:font-medium aria-[current]:text-foreground"
            >
              {nameOfLocale(language)}
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}
