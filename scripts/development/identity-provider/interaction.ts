import type { IncomingMessage, ServerResponse } from "node:http";

import type Provider from "oidc-provider";

import { renderInteractionPage, type TypedForm } from "./interaction-page";
import { renderNotice, sendPage } from "./page";
import { OFFERED_PERSONAS, type Persona, TypedPersonaSchema, typedPersona } from "./personas";

type Interaction = Awaited<ReturnType<Provider["interactionDetails"]>>;

const MAX_FORM_BYTES = 10_000;

/**
 * Shows the choice of persona (GET) and carries it out (POST). Who chose to sign in has consented too: a second
 * page would only be in the way.
 *
 * @param remember - Told of every persona that signs in, so that the provider finds their claims.
 */
export async function handleInteraction(
  provider: Provider,
  remember: (persona: Persona) => void,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response).catch(() => null);
  if (interaction === null) {
    return sendPage(response, 400, renderNotice("This sign-in has expired", "Go back to the app and start again."));
  }
  if (request.method === "GET" || request.method === "HEAD") {
    return sendForm(response, 200, interaction, emptyForm(interaction));
  }
  if (request.method !== "POST") {
    response.writeHead(405, { allow: "GET, HEAD, POST" }).end();
    return;
  }
  const form = await readForm(request);
  const choice = form === null ? null : readChoice(form);
  if (choice === null) {
    return sendPage(response, 400, renderNotice("That is no choice", "Go back and choose one of the people."));
  }
  if (choice.kind === "invalid") return sendForm(response, 422, interaction, choice.form);
  if (choice.kind === "refusal") return refuseConsent(provider, request, response);
  remember(choice.persona);
  await signIn(provider, interaction, choice.persona, request, response);
}

type Choice = { kind: "persona"; persona: Persona } | { kind: "refusal" } | { kind: "invalid"; form: TypedForm };

function readChoice(form: URLSearchParams): Choice | null {
  const choice = form.get("choice");
  if (choice === "refuse") return { kind: "refusal" };
  const offered = OFFERED_PERSONAS.find((candidate) => candidate.choice === choice);
  if (offered) return { kind: "persona", persona: offered.persona };
  if (choice !== "typed") return null;

  const typed = { name: form.get("name") ?? "", email: form.get("email") ?? "", verified: form.get("verified") };
  const parsed = TypedPersonaSchema.safeParse({ ...typed, verified: typed.verified ?? undefined });
  if (parsed.success) return { kind: "persona", persona: typedPersona(parsed.data) };
  const sentence = (field: string) => parsed.error.issues.find((issue) => issue.path[0] === field)?.message;
  const [name, email] = [sentence("name"), sentence("email")];
  const problems = { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) };
  return { kind: "invalid", form: { ...typed, verified: typed.verified === "yes", problems } };
}

async function signIn(
  provider: Provider,
  interaction: Interaction,
  persona: Persona,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const grant = new provider.Grant({ accountId: persona.subject, clientId: String(interaction.params["client_id"]) });
  grant.addOIDCScope(String(interaction.params["scope"] ?? "openid"));
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, {
    login: { accountId: persona.subject, remember: false },
    consent: { grantId },
  });
}

async function refuseConsent(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const result = { error: "access_denied", error_description: "The person refused consent." };
  await provider.interactionFinished(request, response, result);
}

/** A login hint fills in the form and chooses nobody: a person always presses a button. */
function emptyForm(interaction: Interaction): TypedForm {
  const hint = interaction.params["login_hint"];
  return { name: "", email: typeof hint === "string" ? hint : "", verified: true, problems: {} };
}

function sendForm(response: ServerResponse, status: number, interaction: Interaction, form: TypedForm): void {
  const page = renderInteractionPage(String(interaction.params["client_id"]), form);
  sendPage(response, status, page, new URL(String(interaction.params["redirect_uri"])).origin);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_FORM_BYTES) return null;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}
