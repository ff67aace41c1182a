import { createHash } from "node:crypto";

import * as z from "zod";

/** Somebody whom the development identity provider can vouch for. */
export type Persona = {
  /** The `sub` claim: the same for the same e-mail, after a restart too. */
  readonly subject: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
};

/** A persona that is offered as a button, with the value that the button posts. */
export type OfferedPersona = { readonly choice: string; readonly label: string; readonly persona: Persona };

const SUBJECT_HEX_CHARACTERS = 32;

/** A `sub` that never changes for an e-mail, however it is capitalised. */
export function subjectOf(email: string): string {
  return createHash("sha256").update(email.toLowerCase()).digest("hex").slice(0, SUBJECT_HEX_CHARACTERS);
}

function persona(name: string, email: string, emailVerified: boolean): Persona {
  return { subject: subjectOf(email), name, email, emailVerified };
}

/** One button for each path of a sign-in that an app has to get right. */
export const OFFERED_PERSONAS: readonly OfferedPersona[] = [
  { choice: "ada", label: "Ada Lovelace", persona: persona("Ada Lovelace", "ada@example.com", true) },
  { choice: "grace", label: "Grace Hopper", persona: persona("Grace Hopper", "grace@example.com", true) },
  { choice: "charles", label: "Charles Babbage", persona: persona("Charles Babbage", "charles@example.com", false) },
  {
    choice: "no-email",
    label: "Someone without an e-mail",
    persona: { subject: subjectOf("someone without an e-mail"), name: "Someone", email: null, emailVerified: false },
  },
];

/** What the form for another person posts. The name may be anything: what an app does with an odd one is worth seeing. */
export const TypedPersonaSchema = z.object({
  name: z
    .string()
    .trim()
    .max(200, "A name has at most 200 characters.")
    .transform((name) => (name === "" ? null : name)),
  email: z
    .string()
    .trim()
    .max(254, "An e-mail address has at most 254 characters.")
    .pipe(z.email("Type one e-mail address, such as mary@example.com.")),
  verified: z.literal("yes").optional(),
});

/** The persona behind a valid form. */
export function typedPersona(form: z.output<typeof TypedPersonaSchema>): Persona {
  return {
    subject: subjectOf(form.email),
    name: form.name,
    email: form.email,
    emailVerified: form.verified === "yes",
  };
}

/** The claims of an ID token and of userinfo; which of them go out is decided by the granted scope. */
export type PersonaClaims = {
  sub: string;
  name?: string;
  picture: string;
  email?: string;
  email_verified?: boolean;
};

/**
 * @param issuer - Serves the picture.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
 */
export function claimsOf(persona: Persona, issuer: string): PersonaClaims {
  return {
    sub: persona.subject,
    ...(persona.name === null ? {} : { name: persona.name }),
    picture: `${issuer}/pictures/${initialOf(persona)}.png`,
    ...(persona.email === null ? {} : { email: persona.email, email_verified: persona.emailVerified }),
  };
}

/** One letter from A to Z for the picture; `X` for a name that begins otherwise. */
export function initialOf(persona: Persona): string {
  const first = (persona.name ?? persona.email ?? "").charAt(0).toUpperCase();
  return /^[A-Z]$/.test(first) ? first : "X";
}
