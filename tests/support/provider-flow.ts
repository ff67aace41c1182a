import type { HttpClient } from "@/attack/http-client";
import { flowCookieName, openFlowSecrets, sealFlowSecrets } from "@/features/provider-flow/flow-cookie";
import { openFlowState, sealFlowState } from "@/features/provider-flow/flow-state";
import { addSeconds } from "@/lib/clock";
import { RelyingParty } from "../scripts/development/relying-party";
import { postToAuth } from "./auth-js";

/** Where a response leads. */
export function targetOf(response: Response, base: string): URL {
  return new URL(response.headers.get("location") ?? "about:blank", base);
}

/** Begins to sign in at a provider, by Auth.js's own route, and returns the provider's address that it leads to. */
export async function beginFlow(client: HttpClient, provider: string, callbackUrl = "/dashboard"): Promise<URL> {
  return targetOf(await postToAuth(client, `/api/auth/signin/${provider}`, { callbackUrl }), client.origin);
}

/** Is somebody with this address at the provider, and returns the path that it sends the browser back to. */
export async function answerAs(address: URL, email: string): Promise<string> {
  const provider = new RelyingParty(address.origin);
  const step = (response: Response) => targetOf(response, address.origin);
  const page = step(await provider.visit(address));
  const form = { choice: "typed", name: "Somebody", email, verified: "yes" };
  const back = step(await provider.visit(step(await provider.choose(page.href, form))));
  return back.pathname + back.search;
}

/** The browser's cookies of flows, by their names. */
export function flowCookiesOf(client: HttpClient): string[] {
  return [...client.cookies.keys()].filter((name) => name.startsWith(flowCookieName("")));
}

/**
 * As if the time had passed since a flow began: its provider's answer and its cookie are the same otherwise. The servers of the
 * tests share their secret with the tests.
 */
export function ageFlow(client: HttpClient, answer: string, seconds: number): string {
  const back = new URL(answer, client.origin);
  const sealed = back.searchParams.get("state") ?? "";
  const state = openFlowState(sealed);
  const secrets = state && openFlowSecrets(sealed, client.cookies.get(flowCookieName(state.id)) ?? "");
  if (!state || !secrets) throw new Error("This is no answer to a flow of this client.");
  const aged = sealFlowState({ ...state, startedAt: addSeconds(state.startedAt, -seconds) });
  client.cookies.set(flowCookieName(state.id), sealFlowSecrets(aged, secrets));
  back.searchParams.set("state", aged);
  return back.pathname + back.search;
}
