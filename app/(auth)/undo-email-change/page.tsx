import type { Metadata } from "next";

import { ArrivalMessage } from "@/components/arrival-message";
import { LinkButton } from "@/components/link-button";
import { AuthCard } from "../auth-card";
import { UndoForm } from "./undo-form";

// The query holds a one-time token, which leaves this site with no link: see the layout's referrer policy.
export const metadata: Metadata = { title: "Take an e-mail change back", robots: { index: false } };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function UndoEmailChangePage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token, undone } = await searchParams;
  if (undone === "1") return <Undone />;
  return <Undo token={typeof token === "string" ? token : ""} />;
}

function Undo({ token }: { token: string }) {
  return (
    <AuthCard
      title="Take the change back"
      intro={
        <>
          <p>Did somebody else change the e-mail address of your account? Then one press does this:</p>
          <ul className="mt-3 list-disc space-y-1 pl-5">
            <li>This address is your account's again.</li>
            <li>Everybody who is signed in to it is signed out, on all devices.</li>
            <li>Next, you choose a new password.</li>
          </ul>
          <p className="mt-3">If you changed it yourself, close this page and nothing happens.</p>
        </>
      }
    >
      <UndoForm token={token} />
    </AuthCard>
  );
}

function Undone() {
  return (
    <AuthCard title="One more step">
      <ArrivalMessage tone="success">
        Your account has this address again, and everybody is signed out of it.
      </ArrivalMessage>
      <p className="text-muted">
        Whoever changed it was able to sign in as you. Choose a new password now, so that nobody is again: we mail you a
        link for it.
      </p>
      <LinkButton href="/forgot-password" wide>
        Choose a new password
      </LinkButton>
    </AuthCard>
  );
}
