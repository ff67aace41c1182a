"use server";

import { cookies } from "next/headers";

import { formText } from "@/components/form-text";
import { languageCookieAttributes, languageCookieName } from "@/features/preferences/language-cookie";
import { systemClock } from "@/lib/clock";
import { languageOfLocale } from "@/lib/i18n/languages";

/** Remembers the language that was chosen in this browser. The page is answered in it. */
export async function chooseLanguageAction(formData: FormData): Promise<void> {
  const language = languageOfLocale(formText(formData, "language"));
  if (language === null) return;
  (await cookies()).set(languageCookieName(), language, languageCookieAttributes(systemClock()));
}
