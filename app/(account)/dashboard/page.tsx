import type { Metadata } from "next";
import type { ReactNode } from "react";

import { requireSession } from "@/app/_request/session";
import { Card } from "@/components/card";
import { CodeBlock } from "@/components/code-block";
import { LocalTime } from "@/components/local-time";
import { TextLink } from "@/components/text-link";
import { enabledProviders } from "@/providers/enabled-providers";
import { describeAssurance, describeMethod } from "./sign-in-in-words";

export const metadata: Metadata = { title: "Dashboard" };

const HOW_THIS_PAGE_KNOWS = `const session = await requireSession("/dashboard");

session.user.email; // proven, never just typed
session.session.aal; // 1 password or provider, 2 second factor`;

export default async function DashboardPage() {
  const { user, session } = await requireSession("/dashboard");
  return (
    <>
      <h1 className="text-3xl leading-tight">{user.name ? `Hello, ${user.name}` : "Hello"}</h1>
      <p className="mt-2 text-muted">You are signed in. This is the first page that only you can see.</p>

      <div className="mt-8 grid gap-6 *:min-w-0 lg:grid-cols-2">
        <Card title="This sign-in">
          <dl className="flex flex-col divide-y divide-border">
            <Row term="E-mail address">{user.email}</Row>
            <Row term="Signed in">
              <LocalTime at={session.authTime} />
            </Row>
            <Row term="How">{describeMethod(session.method, await enabledProviders())}</Row>
            <Row term="Assurance">{describeAssurance(session.aal)}</Row>
          </dl>
        </Card>
        <Card title="Your profile">
          <p className="text-muted">
            {user.name
              ? "Your name, as it stands above and in the menu."
              : "You haven't told us your name yet; you don't have to."}
          </p>
          <p className="mt-4">
            <TextLink href="/profile">{user.name ? "Edit your profile" : "Add your name"}</TextLink>
          </p>
        </Card>
        <div className="lg:col-span-2">
          <Card title="Nothing else here yet">
            <p className="mb-5 max-w-prose text-muted">
              That part is yours to build. Replace this page, and ask for the session the way it does:
            </p>
            <CodeBlock file="app/(account)/dashboard/page.tsx" code={HOW_THIS_PAGE_KNOWS} />
            <p className="mt-5 max-w-prose text-muted">
              Scripts in the browser call the API with an access token.{" "}
              <TextLink href="/api-explorer">Watch one at work</TextLink>
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
      <dd className="min-w-0 font-medium break-words">{children}</dd>
    </div>
  );
}
