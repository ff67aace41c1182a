"use client";

import { useEffect, useRef, useState } from "react";

import { Button } from "@/components/button";
import { buttonStyle } from "@/components/button-style";
import { Card } from "@/components/card";
import { FormMessage } from "@/components/form-message";
import { LinkButton } from "@/components/link-button";
import { useHydrated } from "@/components/use-hydrated";

interface RecoveryCodesProps {
  recoveryCodes: readonly string[];
  /** Whether they came with turning the second factor on, or in place of earlier ones. */
  turnedOn: boolean;
}

/** Recovery codes, the one time that they are shown. */
export function RecoveryCodes({ recoveryCodes, turnedOn }: RecoveryCodesProps) {
  const message = useRef<HTMLDivElement>(null);
  const [copied, setCopied] = useState(false);
  const hydrated = useHydrated();
  const text = `${recoveryCodes.join("\n")}\n`;
  useEffect(() => message.current?.querySelector<HTMLElement>("[data-form-message]")?.focus(), []);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <Card title="Your recovery codes">
      <div ref={message} className="flex flex-col gap-5">
        <FormMessage tone="success">
          {turnedOn
            ? "Two-step sign-in is on, and you were signed out everywhere else."
            : "These are your new recovery codes. The ones from before are worth nothing now."}
        </FormMessage>
        <p className="text-muted">
          Keep them where you find them without your telephone: on paper, or in a password manager. Each signs you in
          once. <strong className="font-medium text-foreground">They are not shown again.</strong>
        </p>
        <ol className="grid gap-x-8 gap-y-2 font-mono text-[0.8125rem] sm:grid-cols-2">
          {recoveryCodes.map((code) => (
            <li key={code} className="break-words">
              {code}
            </li>
          ))}
        </ol>
        <div className="flex flex-wrap gap-3">
          {hydrated && (
            <Button variant="secondary" onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
          <a
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
            download="recovery-codes.txt"
            className={buttonStyle("secondary")}
          >
            Download
          </a>
          <LinkButton href="/settings/security">I have kept them</LinkButton>
        </div>
        <span role="status" className="sr-only">
          {copied && "Copied to the clipboard."}
        </span>
      </div>
    </Card>
  );
}
