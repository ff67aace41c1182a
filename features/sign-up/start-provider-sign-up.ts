import type { EmailAddress } from "@/features/account/email-address";
import type { Language } from "@/lib/i18n/languages";
import type { ProviderIdentity } from "./data";
import { requestSignUp } from "./request-sign-up";

/**
 * Begins an account for somebody whom a provider knows, at an address that the provider does not vouch for. As with a
 * password, the account comes into being once the mailed link is confirmed; the mail names the provider.
 *
 * A known address gets the same mail as in `signUp`: it is never linked to the provider's identity without its owner.
 *
 * @param askedIn - The language of the request.
 */
export async function startProviderSignUp(
  input: ProviderIdentity & { email: EmailAddress; name: string | null; image: string | null },
  now: Date,
  askedIn?: Language,
): Promise<void> {
  const { email, name, image, provider, providerType, providerAccountId } = input;
  const identity = { provider, providerType, providerAccountId };
  await requestSignUp({ email, name, image, passwordHash: null, identity }, now, askedIn);
}
