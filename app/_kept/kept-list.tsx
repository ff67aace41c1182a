import { whatIsKept } from "@/features/clean-up/what-is-kept";
import type { Language } from "@/lib/i18n/languages";
import { translatorFor } from "@/lib/i18n/translator";

/** What is stored about a person, and until when. */
export async function KeptList({ language }: { language: Language }) {
  const t = await translatorFor(language, "account");
  return (
    <dl className="flex flex-col divide-y divide-border">
      {whatIsKept(t, language).map(({ what, until }) => (
        <div key={what} className="py-3">
          <dt className="font-medium">{what}</dt>
          <dd className="mt-0.5 text-muted">{until}</dd>
        </div>
      ))}
    </dl>
  );
}
