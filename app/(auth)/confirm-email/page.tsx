import type { Metadata } from "next";

import { getSession } from "@/app/_request/session";
import { ArrivalMessage } from "@/components/arrival-message";
import { LinkButton } from "@/components/link-button";
import { AuthCard } from "../auth-card";
import { ConfirmChangeForm } from "./confirm-change-form";

// The query holds a one-time token, which leaves this site with no link: see the layout's referrer policy.
export const metadata: Metadata = { title: "Confirm your new e-mail address", robots: { index: false } };

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function ConfirmEmailPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token, changed } = await searchParams;
  if (typeof token === "string" && token !== "") return <Confirm token={token} />;
  return changed === "1" ? <Changed signedIn={(await getSession()) !== null} /> : <NoToken />;
}

function Confirm({ token }: { token: string }) {
  return (
    <AuthCard
      title="Confirm your new address"
      intro="The account that asked for it then signs in with this address, and the old one is told, with a way back. If you didn't ask for it, close this page and nothing happens."
    >
      <ConfirmChangeForm token={token} />
    </AuthCard>
  );
}

function Changed({ signedIn }: { signedIn: boolean }) {
  return (
    <AuthCard title="Your new address">
      <ArrivalMessage tone="success">
        Your e-mail address is changed. Sign in with the new one from now on; our mails go there too.
      </ArrivalMessage>
      <p className="text-muted">
        We have told your old address. For 72 hours a link in that mail takes the change back, in case it wasn't you.
      </p>
      {signedIn ? (
        <LinkButton href="/profile" wide>
          Go to your profile
        </LinkButton>
      ) : (
        <LinkButton href="/sign-in" wide>
          Sign in
        </LinkButton>
      )}
    </AuthCard>
  );
}

function NoToken() {
  return (
    <AuthCard
      title="Confirm your new address"
      intro="Open the link in the mail that we sent to the new address. Your profile says whether a change is waiting, and sends the mail again."
    >
      <LinkButton href="/profile" wide>
        Go to your profile
      </LinkButton>
    </AuthCard>
  );
}
