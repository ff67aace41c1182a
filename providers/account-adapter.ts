import type { Adapter } from "next-auth/adapters";

import { Failure } from "@/lib/failure";

/**
 * What Auth.js may do with accounts: find the one of an identity. Whether there is to be one, and whose, is decided before, in
 * the `signIn` callback, where account and link are made in one transaction.
 *
 * @param base - The database's adapter.
 */
export function accountAdapter(base: Adapter): Adapter {
  const never = () => {
    throw new Failure("account_made_elsewhere", "Accounts and links are made by features/sign-in, never by Auth.js.");
  };
  return {
    ...base,
    createUser: never,
    linkAccount: never,
    // Auth.js asks for the person who is signed in already, to link the new identity to them without another word.
    getUser: async () => null,
  };
}
