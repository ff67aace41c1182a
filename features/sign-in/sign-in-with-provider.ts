import { EmailAddressSchema } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent, recordAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { storeTokens } from "@/features/provider-token/store-tokens";
import type { IssuedTokens } from "@/features/provider-token/token-set";
import { deleteSignUps } from "@/features/sign-up/data";
import { startProviderSignUp } from "@/features/sign-up/start-provider-sign-up";
import { TERMS_VERSION } from "@/features/terms/policy";
import { inTransaction } from "@/lib/db";
import { isAllowedUrl } from "@/lib/outgoing/outgoing-fetch";
import { ownReach } from "@/lib/outgoing/reach";
import { ok, type Result, refuse } from "@/lib/result";
import { findLinkedAccount, insertLinkedAccount, updatePictureUrl } from "./data";
import { vouchesForEmail } from "./vouches-for-email";

/** What a provider told of somebody, once its answer was checked. */
export interface ProviderSignIn {
  readonly provider: string;
  readonly providerType: string;
  /** `sub`, or what stands for it. */
  readonly providerAccountId: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly image: string | null;
  /** The provider's claims as they came. */
  readonly profile: Readonly<Record<string, unknown>>;
  /** For calling the provider's APIs; null when none came. */
  readonly tokens: IssuedTokens | null;
}

export type ProviderSignInRefusal =
  | "email_missing"
  /** A mail to the address asks to confirm it. */
  | "email_not_verified"
  /** The address has an account that this identity isn't linked to. Never linked silently. */
  | "account_exists"
  | "account_disabled";

const MAX_NAME_LENGTH = 100;
const MAX_URL_LENGTH = 2048;

/**
 * Lets a provider's identity in, and keeps the tokens of this sign-in (S13).
 *
 * @throws When the database can't be asked: a session could not begin either.
 */
export async function signInWithProvider(
  person: ProviderSignIn,
  now: Date,
  origin?: RequestOrigin,
): Promise<Result<{ userId: UserId }, ProviderSignInRefusal>> {
  const admitted = await admit(person, now, origin);
  if (!admitted.ok) {
    const details = { method: person.provider, reason: admitted.refusal };
    // Nobody's: what a provider says about an address is no word of the account that has it.
    await recordAuditEvent({ kind: "sign_in_failed", userId: null, details, ...(origin && { origin }) });
  }
  if (admitted.ok) await keepWhatProviderGave(person);
  return admitted;
}

/**
 * Keeps the tokens of an identity that is linked, and where its picture is. Before the session begins, whose first cookie
 * tells whether a connection needs mending.
 */
export async function keepWhatProviderGave(person: ProviderSignIn): Promise<void> {
  if (person.tokens) await storeTokens(person, person.tokens);
  await updatePictureUrl(person, pictureUrlOf(person));
}

/** Only what could be fetched later. Its owner decides whether it ever is. */
function pictureUrlOf({ image }: ProviderSignIn): string | null {
  return image && image.length <= MAX_URL_LENGTH && isAllowedUrl(image, ownReach()) ? image : null;
}

/**
 * Decides whom a provider's identity may sign in as, and makes the account at the first time.
 *
 * Identity is the provider's own id for the person, never the e-mail address: an address can be claimed by anybody who
 * runs or tricks a provider, and changes hands.
 */
async function admit(
  person: ProviderSignIn,
  now: Date,
  origin: RequestOrigin | undefined,
): Promise<Result<{ userId: UserId }, ProviderSignInRefusal>> {
  const { provider, providerType, providerAccountId } = person;
  const linked = await findLinkedAccount(provider, providerAccountId);
  if (linked) return linked.disabledAt ? refuse("account_disabled") : ok({ userId: linked.id });

  const email = EmailAddressSchema.safeParse(person.email ?? "");
  if (!email.success) return refuse("email_missing");
  const name = person.name?.trim().slice(0, MAX_NAME_LENGTH) || null;
  const vouched = { provider, providerType, providerAccountId, email: email.data, name, image: pictureUrlOf(person) };
  if (!vouchesForEmail(person.profile)) {
    await startProviderSignUp(vouched, now, origin?.language);
    return refuse("email_not_verified");
  }

  const made = await inTransaction(async (database) => {
    const userId = await insertLinkedAccount(database, { ...vouched, termsVersion: TERMS_VERSION }, now);
    if (userId === null) return null;
    // The address's owner has arrived: what others began in its name ends here (pre-hijacking).
    await deleteSignUps(database, vouched.email);
    const details = { method: provider };
    await appendAuditEvent(database, { kind: "signed_up", userId, details, ...(origin && { origin }) });
    return userId;
  });
  const account = await findLinkedAccount(provider, providerAccountId);
  if (account) return ok({ userId: account.id });
  return refuse(made ? "account_disabled" : "account_exists");
}
