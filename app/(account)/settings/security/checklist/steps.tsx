import type { ReactNode } from "react";

import { getTranslations } from "@/app/_request/translations";
import { TextLink } from "@/components/text-link";
import type { SecuringStep, SecuringStepId, SecuringStepState } from "@/features/activity/securing-steps";
import type { Translator } from "@/lib/i18n/translator";

/** Where a step is taken, and which of `checklist.links` leads there. */
const PLACES = {
  security: "/settings/security",
  privacy: "/settings/privacy",
  password: "/settings/security/password",
  connections: "/settings/connections",
} as const;

const PLACE_OF_STEP: Record<SecuringStepId, keyof typeof PLACES | null> = {
  signed_in: null,
  deletion: "privacy",
  password: "password",
  email: "security",
  connections: "connections",
  passkeys: "security",
  second_factor: "security",
};

const STYLES: Record<SecuringStepState, string> = {
  done: "bg-success-soft text-success",
  to_do: "bg-danger-soft text-danger",
  to_check: "bg-accent-soft text-accent",
};

/** The steps in their order, each with what is left to do. */
export async function Steps({ steps, email }: { steps: readonly SecuringStep[]; email: string }) {
  const t = await getTranslations("security");
  return (
    <ol className="divide-y divide-border">
      {steps.map((step) => (
        <Step key={step.id} t={t} step={step} email={email} />
      ))}
    </ol>
  );
}

function Step({ t, step, email }: { t: Translator<"security">; step: SecuringStep; email: string }) {
  const { id, state } = step;
  const place = PLACE_OF_STEP[id];
  return (
    <li className="py-4">
      <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="font-medium">{t(`checklist.steps.${id}.title`)}</span>
        <span className={`rounded-full px-2.5 py-0.5 text-sm font-medium ${STYLES[state]}`}>
          {t(`checklist.states.${state}`)}
        </span>
      </p>
      <p className="mt-1 text-[0.9375rem] text-muted">{textOf(t, step, email)}</p>
      {place && state !== "done" && (
        <p className="mt-1 text-[0.9375rem]">
          <TextLink href={PLACES[place]}>{t(`checklist.links.${place}`)}</TextLink>
        </p>
      )}
    </li>
  );
}

function textOf(t: Translator<"security">, { id, state }: SecuringStep, email: string): ReactNode {
  // What is always done, or never, has one text.
  const hasOneText = id === "signed_in" || id === "deletion" || id === "email";
  if (state === "done" && !hasOneText) return t(`checklist.steps.${id}.done`);
  return t.rich(`checklist.steps.${id}.text`, {
    email,
    address: (text) => <bdi className="font-medium break-all text-foreground">{text}</bdi>,
  });
}
