import type { Metadata } from "next";

import { KeptList } from "@/app/_kept/kept-list";
import { brand } from "@/brand";
import { LegalText, Matter } from "../legal-text";

export const metadata: Metadata = { title: "Privacy notice" };

export default function PrivacyNoticePage() {
  return (
    <LegalText title="Privacy notice" file="app/(legal)/privacy/page.tsx">
      <Matter title="Who we are">
        <p>
          {brand.name} is run by [name and address of whoever runs this site]. Write to [address] with any question
          about your data.
        </p>
      </Matter>
      <Matter title="What we use it for">
        <p>
          To let you, and nobody else, into your account, and to tell you what happens to it. We don't sell what we know
          of you, show no advertisements, and set no cookies but those that signing in needs and, if you choose a
          language, the one that remembers it.
        </p>
      </Matter>
      <Matter title="What we keep, and for how long">
        <KeptList language="en" />
      </Matter>
      <Matter title="Your rights">
        <p>
          Under Privacy in your settings you can take out all your data as a file and delete your account. You can also
          complain to the authority for data protection where you live.
        </p>
      </Matter>
    </LegalText>
  );
}
