import type { Metadata } from "next";

import { brand } from "@/brand";
import { TextLink } from "@/components/text-link";
import { RETENTION_SECONDS } from "@/features/clean-up/retention";
import { durationInWords } from "@/lib/duration-in-words";
import { LegalText, Matter } from "../legal-text";

export const metadata: Metadata = { title: "Terms of use" };

export default function TermsPage() {
  return (
    <LegalText title="Terms of use" file="app/(legal)/terms/page.tsx">
      <Matter title="Your account">
        <p>
          {brand.name} gives you an account with which you sign in. Give an e-mail address that is yours, keep your ways
          to sign in to yourself, and tell us of your account only what is true.
        </p>
      </Matter>
      <Matter title="What you may not do">
        <p>
          Don't use the account to harm others, to get into what isn't yours, or to keep the service from working. We
          may disable an account that does.
        </p>
      </Matter>
      <Matter title="Ending it">
        <p>
          You can delete the account at any time, under Privacy in your settings. It goes{" "}
          {durationInWords(RETENTION_SECONDS.deletedAccounts, "en")} later, and until then you can still keep it.
        </p>
      </Matter>
      <Matter title="When these terms change">
        <p>
          We ask you once, when you are signed in, whether you agree to the new version. What we do with your data is
          said in the <TextLink href={brand.legal.privacy}>privacy notice</TextLink>.
        </p>
      </Matter>
    </LegalText>
  );
}
