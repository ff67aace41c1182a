import type { ReactNode } from "react";

import { TextLink } from "@/components/text-link";
import type { SecuringStep, SecuringStepId, SecuringStepState } from "@/features/activity/securing-steps";

interface StepWords {
  readonly title: string;
  readonly text: ReactNode;
  /** What it says once nothing is left to do. */
  readonly doneText?: string;
  readonly link?: { readonly href: string; readonly label: string };
}

const SECURITY = { href: "/settings/security", label: "Go to Security" };

/** What each step says, with the account's e-mail address where it is about that. */
function wordsOf(id: SecuringStepId, email: string): StepWords {
  const words: Record<SecuringStepId, StepWords> = {
    signed_in: { title: "Sign in again", text: "Every other session of your account has ended." },
    deletion: {
      title: "Keep your account",
      text: "Somebody asked for it to be deleted. Take that back if it wasn't you.",
      link: { href: "/settings/privacy", label: "Go to Privacy" },
    },
    password: {
      title: "Choose a new password",
      text: "One that you use nowhere else. Whoever signed in may know the old one.",
      doneText: "You have chosen one since.",
      link: { href: "/settings/security/password", label: "Change the password" },
    },
    email: {
      title: "Is this your e-mail address?",
      text: (
        <>
          It is <span className="font-medium break-all text-foreground">{email}</span>. Whoever reads its mail can get
          into your account: change the password of the mailbox as well if it was the same.
        </>
      ),
      link: SECURITY,
    },
    connections: {
      title: "Look through your connections",
      text: "Whoever has a connected account elsewhere can sign in with it. Disconnect what isn't yours.",
      doneText: "No account elsewhere can sign in to yours.",
      link: { href: "/settings/connections", label: "Go to Connections" },
    },
    passkeys: {
      title: "Look through your passkeys",
      text: "Remove each one that you don't know.",
      doneText: "Your account has none.",
      link: SECURITY,
    },
    second_factor: {
      title: "Use an authenticator app",
      text: "With it a password alone opens nothing.",
      doneText: "Your account asks for a code, so that a password alone opens nothing.",
      link: SECURITY,
    },
  };
  return words[id];
}

const STATES: Record<SecuringStepState, { label: string; style: string }> = {
  done: { label: "Done", style: "bg-success-soft text-success" },
  to_do: { label: "To do", style: "bg-danger-soft text-danger" },
  to_check: { label: "Have a look", style: "bg-accent-soft text-accent" },
};

/** The steps in their order, each with what is left to do. */
export function Steps({ steps, email }: { steps: readonly SecuringStep[]; email: string }) {
  return (
    <ol className="divide-y divide-border">
      {steps.map(({ id, state }) => {
        const { title, text, doneText, link } = wordsOf(id, email);
        const { label, style } = STATES[state];
        return (
          <li key={id} className="py-4">
            <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
              <span className="font-medium">{title}</span>
              <span className={`rounded-full px-2.5 py-0.5 text-sm font-medium ${style}`}>{label}</span>
            </p>
            <p className="mt-1 text-[0.9375rem] text-muted">{(state === "done" && doneText) || text}</p>
            {link && state !== "done" && (
              <p className="mt-1 text-[0.9375rem]">
                <TextLink href={link.href} prefetch={false}>
                  {link.label}
                </TextLink>
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}
