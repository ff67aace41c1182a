import { EmailAddressSchema } from "@/features/account/email-address";
import type { ProviderSignIn } from "@/features/sign-in/sign-in-with-provider";
import type { Identity } from "./data";

/** What is stored of an identity. An address that isn't exactly one mailbox is left out: it is for showing only. */
export function describeIdentity(person: ProviderSignIn): Identity {
  const { provider, providerType, providerAccountId, email } = person;
  return { provider, providerType, providerAccountId, providerEmail: EmailAddressSchema.safeParse(email).data ?? null };
}
