import type { Metadata } from "next";
import type { ReactNode } from "react";

import { requireSession } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { Card } from "@/components/card";
import { CodeBlock } from "@/components/code-block";
import { LocalTime } from "@/components/local-time";
import { TextLink } from "@/components/text-link";
import { enabledProviders } from "@/providers/enabled-providers";
import { describeAssurance, describeMethod } from "./sign-in-in-words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("dashboard.title") };
}

const HOW_THIS_PAGE_KNOWS = `const session = await requireSession("/dashboard");

session.user.email; // proven, never just typed
session.session.aal; // 1 password or provider, 2 second factor`;

export default async function DashboardPage() {
  const { user, session } = await requireSession("/dashboard");
  const t = await getTranslations("account");
  return (
    <>
      <h1 className="text-3xl leading-tight">
        {user.name ? t("dashboard.helloName", { name: user.name }) : t("dashboard.hello")}
      </h1>
      <p className="mt-2 text-muted">{t("dashboard.intro")}</p>

      <div className="mt-8 grid gap-6 *:min-w-0 lg:grid-cols-2">
        <Card title={t("dashboard.signIn.title")}>
          <dl className="flex flex-col divide-y divide-border">
            <Row term={t("dashboard.signIn.email")}>
              <bdi>{user.email}</bdi>
            </Row>
            <Row term={t("dashboard.signIn.at")}>
              <LocalTime at={session.authTime} />
            </Row>
            <Row term={t("dashboard.signIn.method")}>{describeMethod(t, session.method, await enabledProviders())}</Row>
            <Row term={t("dashboard.signIn.assurance")}>{describeAssurance(t, session.aal)}</Row>
          </dl>
        </Card>
        <Card title={t("dashboard.profile.title")}>
          <p className="text-muted">{user.name ? t("dashboard.profile.named") : t("dashboard.profile.unnamed")}</p>
          <p className="mt-4">
            <TextLink href="/profile">
              {user.name ? t("dashboard.profile.edit") : t("dashboard.profile.addName")}
            </TextLink>
          </p>
        </Card>
        <div className="lg:col-span-2">
          <Card title={t("dashboard.yours.title")}>
            <p className="mb-5 max-w-prose text-muted">{t("dashboard.yours.text")}</p>
            <CodeBlock file="app/(account)/dashboard/page.tsx" code={HOW_THIS_PAGE_KNOWS} />
            <p className="mt-5 max-w-prose text-muted">
              {t.rich("dashboard.yours.api", { link: (text) => <TextLink href="/api-explorer">{text}</TextLink> })}
            </p>
          </Card>
        </div>
      </div>
    </>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="py-2.5 sm:flex sm:justify-between sm:gap-6">
      <dt className="shrink-0 text-muted">{term}</dt>
      <dd className="min-w-0 font-medium break-words sm:text-end">{children}</dd>
    </div>
  );
}
