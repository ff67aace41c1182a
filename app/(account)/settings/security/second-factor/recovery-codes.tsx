"use client";

import { useEffect, useRef, useState } from "react";

import { Button } from "@/components/button";
import { buttonStyle } from "@/components/button-style";
import { Card } from "@/components/card";
import { FormMessage } from "@/components/form-message";
import { LinkButton } from "@/components/link-button";
import { useHydrated } from "@/components/use-hydrated";
import type { Words } from "@/lib/i18n/messages";

interface RecoveryCodesProps {
  words: Words<"security.secondFactor.form.codes">;
  recoveryCodes: readonly string[];
  /** Whether they came with turning the second factor on, or in place of earlier ones. */
  turnedOn: boolean;
}

/** Recovery codes, the one time that they are shown. */
export function RecoveryCodes({ words, recoveryCodes, turnedOn }: RecoveryCodesProps) {
  const message = useRef<HTMLDivElement>(null);
  const [copied, setCopied] = useState(false);
  const hydrated = useHydrated();
  const text = `${recoveryCodes.join("\n")}\n`;
  useEffect(() => message.current?.querySelector<HTMLElement>("[data-form-message]")?.focus(), []);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <Card title={words.title}>
      <div ref={message} className="flex flex-col gap-5">
        <FormMessage tone="success">{turnedOn ? words.turnedOn : words.replaced}</FormMessage>
        <p className="text-muted">
          {words.keep} <strong className="font-medium text-foreground">{words.once}</strong>
        </p>
        <ol className="grid gap-x-8 gap-y-2 font-mono text-[0.8125rem] sm:grid-cols-2">
          {recoveryCodes.map((code) => (
            <li key={code} className="break-words">
              <bdi dir="ltr">{code}</bdi>
            </li>
          ))}
        </ol>
        <div className="flex flex-wrap gap-3">
          {hydrated && (
            <Button variant="secondary" onClick={copy}>
              {copied ? words.copied : words.copy}
            </Button>
          )}
          <a
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
            download={words.fileName}
            className={buttonStyle("secondary")}
          >
            {words.download}
          </a>
          <LinkButton href="/settings/security">{words.kept}</LinkButton>
        </div>
        <span role="status" className="sr-only">
          {copied && words.copiedStatus}
        </span>
      </div>
    </Card>
  );
}
