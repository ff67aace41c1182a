"use client";

import { useState } from "react";

import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { CodeBlock } from "@/components/code-block";
import { FormMessage } from "@/components/form-message";
import { TextLink } from "@/components/text-link";
import type { ApiClient } from "@/lib/api-client/create-api-client";
import type { SignedOutReason } from "@/lib/api-client/signed-out";
import { type Call, CallList } from "./call-list";
import { EventLog, type LogLine } from "./event-log";
import { useApiClient } from "./use-api-client";
import { describeEnd, describeEvent, describeFailure, type EndReasons } from "./words";

const SHOWN_CALLS = 10;
const SHOWN_LINES = 50;
const FIVE = [1, 2, 3, 4, 5];

/** What a button asks for: what the list calls it, and the request. */
type Question = readonly [name: string, ask: (api: ApiClient) => Promise<{ status: number; data: unknown } | null>];

const WHO_AM_I: Question = ["GET /api/me", ({ http }) => http.get("/api/me")];
const LIST_SESSIONS: Question = ["GET /api/sessions", ({ http }) => http.get("/api/sessions")];
const REFRESH: Question = ["POST /api/refresh", ({ refresh }) => refresh().then(() => null)];

/** The client at work: what is asked, what comes back, and what happens to the token meanwhile. */
export function ExplorerPanel({ endReasons }: { endReasons: EndReasons }) {
  const [calls, setCalls] = useState<readonly Call[]>([]);
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const [answer, setAnswer] = useState<{ name: string; json: string } | null>(null);
  const [ended, setEnded] = useState<SignedOutReason | null>(null);

  const client = useApiClient((event) => {
    const line = { id: crypto.randomUUID(), at: event.at, text: describeEvent(endReasons, event) };
    setLines((before) => [...before, line].slice(-SHOWN_LINES));
    if (event.type === "signed_out") setEnded(event.reason);
  });

  const ask = async ([name, request]: Question) => {
    const api = client();
    if (!api) return;
    const startedAt = performance.now();
    const outcome = await request(api).then(
      (response) => {
        if (response) setAnswer({ name, json: JSON.stringify(response.data, null, 2) });
        return response ? String(response.status) : "New token";
      },
      (error: unknown) => describeFailure(error),
    );
    const call = { id: crypto.randomUUID(), name, outcome, tookMs: performance.now() - startedAt };
    setCalls((before) => [call, ...before].slice(0, SHOWN_CALLS));
  };

  return (
    <>
      {ended && (
        <FormMessage tone="danger">
          {describeEnd(endReasons, ended)}{" "}
          <TextLink href="/sign-in?callbackUrl=%2Fapi-explorer">Sign in again</TextLink>
        </FormMessage>
      )}
      <div className="grid gap-6 *:min-w-0 lg:grid-cols-2">
        <Card title="Ask the API">
          <div className="mb-5 flex flex-wrap gap-3">
            <Button onClick={() => void ask(WHO_AM_I)}>Who am I</Button>
            <Button onClick={() => void ask(LIST_SESSIONS)}>List my sessions</Button>
            <Button onClick={() => void ask(REFRESH)}>Refresh now</Button>
            <Button onClick={() => void Promise.all(FIVE.map(() => ask(WHO_AM_I)))}>Five calls at once</Button>
          </div>
          <CallList calls={calls} />
        </Card>
        <Card title="What happens to the token">
          <EventLog lines={lines} />
        </Card>
      </div>
      {answer && <CodeBlock file={`The last answer to ${answer.name}`} code={answer.json} />}
    </>
  );
}
