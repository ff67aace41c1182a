import * as z from "zod";

import { fieldMessage } from "@/lib/i18n/field-message";

/** Bytes as base64url without padding. */
const base64url = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[\w-]+$/);

/** At most 1023 bytes: https://www.w3.org/TR/webauthn-3/#credential-id */
const CredentialIdSchema = base64url(1364);
const ClientDataSchema = base64url(4096);

/**
 * What stands around the response of a `PublicKeyCredential.toJSON()`. Our own fields stand beside them, so that nothing
 * unnamed is taken here: what isn't WebAuthn's or ours is refused.
 *
 * Inside of `response` browsers add members as the standard grows (`publicKey`, `publicKeyAlgorithm`, …). Those are passed
 * over: whatever counts is in what was signed. Of extensions none is asked for, and none is read.
 *
 * @see https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson
 */
const envelope = {
  id: CredentialIdSchema,
  rawId: CredentialIdSchema,
  type: z.literal("public-key"),
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.record(z.string(), z.unknown()).optional(),
};

/** A transport's name, which goes back to the browser when it looks for the passkey. Unknown ones are the future's. */
const TransportSchema = z
  .string()
  .max(32)
  .regex(/^[a-z-]+$/);

const RegistrationResponseSchema = z.strictObject({
  ...envelope,
  response: z.object({
    clientDataJSON: ClientDataSchema,
    attestationObject: base64url(16_384),
    transports: z.array(TransportSchema).max(8).optional(),
  }),
});

const AuthenticationResponseSchema = z.strictObject({
  ...envelope,
  response: z.object({
    clientDataJSON: ClientDataSchema,
    authenticatorData: base64url(4096),
    signature: base64url(4096),
    /** At most 64 bytes. */
    userHandle: base64url(88).nullish(),
  }),
});

/** What an authenticator answers to a registration. Well-formed, and nothing more: unverified. */
export type RegistrationResponse = z.output<typeof RegistrationResponseSchema>;

/** What an authenticator answers when it is to prove itself. Well-formed, and nothing more: unverified. */
export type AuthenticationResponse = z.output<typeof AuthenticationResponseSchema>;

const MAX_NAME_LENGTH = 60;

/** Control characters, halves of surrogate pairs, private use, line separators, and what turns the direction of text around. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** What a person calls a passkey. */
const PasskeyNameSchema = z
  .string()
  .trim()
  .min(1, { error: fieldMessage("nameMissing"), abort: true })
  .max(MAX_NAME_LENGTH, { error: fieldMessage("nameTooLong", { max: MAX_NAME_LENGTH }), abort: true })
  .refine((name) => !UNPRINTABLE.test(name), fieldMessage("nameUnprintable"));

/** What adding a passkey takes: the authenticator's answer, and a name for it beside. */
export const AddPasskeySchema = RegistrationResponseSchema.extend({ name: PasskeyNameSchema.optional() });

/** What signing in with a passkey takes: the authenticator's answer, and whether to stay signed in. */
export const PasskeySignInSchema = AuthenticationResponseSchema.extend({ remember: z.boolean().optional() });

/** What confirming with a passkey takes. */
export const PasskeyAssertionSchema = AuthenticationResponseSchema;

/** What renaming one takes. */
export const RenamePasskeySchema = z.strictObject({ name: PasskeyNameSchema });

/**
 * What asking for sign-in options takes. The address is accepted and not looked at: the answer is the same for everybody,
 * and the authenticator knows by itself whose passkeys it holds.
 */
export const AuthenticationOptionsSchema = z.strictObject({ email: z.string().max(320).optional() });
