import type { Metadata } from "next";

import { requireSession } from "@/app/_request/session";
import { Card } from "@/components/card";
import { CodeBlock } from "@/components/code-block";
import { messagesIn, wordsAt } from "@/lib/i18n/messages";
import { Explorer } from "./explorer";

export const metadata: Metadata = { title: "Your API session" };

const IN_YOUR_CODE = `import { createApiClient } from "@/lib/api-client/create-api-client";

const api = createApiClient({ onSignedOut: ({ reason }) => showWhy(reason) });
const { data } = await api.http.get("/api/me"); // axios, with the token`;

export default async function ApiExplorerPage() {
  await requireSession("/api-explorer");
  return (
    // A look at the machine, for those who write its clients.
    <div lang="en" dir="ltr">
      <h1 className="text-3xl leading-tight">Your API session</h1>
      <p className="mt-2 mb-8 max-w-prose text-muted">
        Scripts on your pages call the API with a short-lived access token. Watch one at work: open this page in several
        tabs, wait until the token has run out, sign out elsewhere, or take the network away.
      </p>
      <div className="flex flex-col gap-6 *:min-w-0">
        <noscript>
          <Card>
            <p>This page makes requests from your browser, and needs JavaScript for that.</p>
          </Card>
        </noscript>
        <Explorer endReasons={wordsAt(await messagesIn("en"), "auth.endReasons")} />
        <Card title="In your own code">
          <p className="mb-5 max-w-prose text-muted">
            The token stays in the memory of the page. It is fetched when it is needed, once for all tabs, and the code
            that makes requests knows nothing of it.
          </p>
          <CodeBlock file="your-component.tsx" code={IN_YOUR_CODE} />
        </Card>
      </div>
    </div>
  );
}
