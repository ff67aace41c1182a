import type { Metadata } from "next";

import { getTranslations, getWords } from "@/app/_request/translations";
import { ArrivalMessage } from "@/components/arrival-message";
import { LinkButton } from "@/components/link-button";
import { AuthCard } from "../auth-card";
import { UndoForm } from "./undo-form";

// The query holds a one-time token, which leaves this site with no link: see the layout's referrer policy.
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("undoEmailChange.documentTitle"), robots: { index: false } };
}

type Query = Readonly<Record<string, string | string[] | undefined>>;

export default async function UndoEmailChangePage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token, undone } = await searchParams;
  if (undone === "1") return <Undone />;
  return <Undo token={typeof token === "string" ? token : ""} />;
}

async function Undo({ token }: { token: string }) {
  const t = await getTranslations("auth");
  return (
    <AuthCard
      title={t("undoEmailChange.title")}
      intro={
        <>
          <p>{t("undoEmailChange.question")}</p>
          <ul className="mt-3 list-disc space-y-1 ps-5">
            <li>{t("undoEmailChange.steps.address")}</li>
            <li>{t("undoEmailChange.steps.signOut")}</li>
            <li>{t("undoEmailChange.steps.password")}</li>
          </ul>
          <p className="mt-3">{t("undoEmailChange.yourself")}</p>
        </>
      }
    >
      <UndoForm words={await getWords("auth.undoEmailChange.form")} token={token} />
    </AuthCard>
  );
}

async function Undone() {
  const t = await getTranslations("auth");
  return (
    <AuthCard title={t("undoEmailChange.undone.title")}>
      <ArrivalMessage tone="success">{t("undoEmailChange.undone.message")}</ArrivalMessage>
      <p className="text-muted">{t("undoEmailChange.undone.why")}</p>
      <LinkButton href="/forgot-password" wide>
        {t("undoEmailChange.undone.choosePassword")}
      </LinkButton>
    </AuthCard>
  );
}
