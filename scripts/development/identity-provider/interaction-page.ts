import { escapeHtml, renderPage } from "./page";
import { initialOf, OFFERED_PERSONAS, type OfferedPersona, type Persona } from "./personas";

/** What the form for another person shows again after a mistake, or begins with. */
export type TypedForm = {
  readonly name: string;
  readonly email: string;
  readonly verified: boolean;
  readonly problems: { readonly name?: string; readonly email?: string };
};

/**
 * The page on which a person chooses who to be.
 *
 * @param clientId - The app that asked.
 */
export function renderInteractionPage(clientId: string, form: TypedForm): string {
  return renderPage(
    "Choose who signs in",
    `<h1>Who signs in to ${escapeHtml(clientId)}?</h1>
<p class="quiet">Nobody here is real and nothing leaves this machine. Each choice takes the app down another path.</p>
<form method="post">
<ul>
${OFFERED_PERSONAS.map(personaItem).join("\n")}
<li><button class="persona" name="choice" value="refuse"><span><strong>Refuse consent</strong>
<small>Go back to the app without signing in</small></span></button></li>
</ul>
</form>
<form method="post" class="card" aria-labelledby="other-heading" novalidate>
<h2 id="other-heading">Or be somebody else</h2>
<input type="hidden" name="choice" value="typed">
${field("name", "Name", "text", form.name, form.problems.name)}
${field("email", "E-mail", "email", form.email, form.problems.email)}
<label class="check"><input type="checkbox" name="verified" value="yes"${form.verified ? " checked" : ""}>
The e-mail address is verified</label>
<button class="primary">Sign in as this person</button>
</form>`,
  );
}

function personaItem({ choice, label, persona }: OfferedPersona): string {
  return `<li><button class="persona" name="choice" value="${escapeHtml(choice)}">
<img src="/pictures/${initialOf(persona)}.svg" alt="" width="40" height="40">
<span><strong>${escapeHtml(label)}</strong>
<small>${escapeHtml(describe(persona))}</small></span></button></li>`;
}

function describe({ email, emailVerified }: Persona): string {
  if (email === null) return "shares no e-mail address";
  return `${email}, ${emailVerified ? "verified" : "not verified"}`;
}

function field(name: string, label: string, type: string, value: string, problem: string | undefined): string {
  const invalid = problem === undefined ? "" : ` aria-invalid="true" aria-describedby="${name}-problem" autofocus`;
  const input = `<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${escapeHtml(value)}" autocomplete="off"${invalid}>`;
  if (problem === undefined) return input;
  return `${input}\n<p id="${name}-problem" class="problem" role="alert">${escapeHtml(problem)}</p>`;
}
