import * as z from "zod";

import { seal, unseal } from "@/lib/crypto/seal";
import { Failure } from "@/lib/failure";
import { log } from "@/lib/log";

/**
 * What a provider issued for calling its APIs in a person's name. The ID token is not among it: it proved one sign-in, is
 * used up with that, and would keep personal data for nothing.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** As the provider put it; null when it granted just what was asked for and didn't repeat it. */
  readonly scope: string | null;
  readonly tokenType: string | null;
}

/** Tokens fresh from the provider. */
export interface IssuedTokens extends TokenSet {
  /** When the access token expires; null when the provider didn't say. */
  readonly expiresAt: Date | null;
}

const TokenSetSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  scope: z.string().nullable(),
  tokenType: z.string().nullable(),
});

const IssuedTokensSchema = TokenSetSchema.extend({ expiresAt: z.coerce.date().nullable() });

/** Encrypts tokens for one account's row: copied into another row they don't open. */
export function sealTokens(accountId: string, tokens: TokenSet): Uint8Array<ArrayBuffer> {
  // Only these four: whatever else an object holds stays out of the database.
  return seal("provider-token", JSON.stringify(TokenSetSchema.parse(tokens)), accountId);
}

/** Opens what `sealTokens` made; null when it belongs to another row, was altered, or its secret is gone. */
export function openTokens(accountId: string, sealed: Uint8Array): TokenSet | null {
  return open(TokenSetSchema, accountId, sealed);
}

/**
 * Encrypts tokens, with when they expire, for as long as it isn't known whose they are.
 *
 * @param context - Names the row that keeps them: in another one they don't open.
 */
export function sealIssuedTokens(context: string, tokens: IssuedTokens): Uint8Array<ArrayBuffer> {
  return seal("provider-token", JSON.stringify(IssuedTokensSchema.parse(tokens)), context);
}

/** Opens what `sealIssuedTokens` made; null as in `openTokens`. */
export function openIssuedTokens(context: string, sealed: Uint8Array): IssuedTokens | null {
  return open(IssuedTokensSchema, context, sealed);
}

function open<Tokens>(schema: z.ZodType<Tokens>, context: string, sealed: Uint8Array): Tokens | null {
  try {
    return schema.parse(JSON.parse(unseal("provider-token", sealed, context)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    log.error({ error }, "provider tokens can't be opened; their owner has to sign in there again");
    return null;
  }
}
