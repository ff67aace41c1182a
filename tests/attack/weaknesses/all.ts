import { accountWeaknesses } from "./accounts";
import { identityProviderWeaknesses } from "./identity-provider";
import { sessionWeaknesses } from "./sessions";
import { tokenAndFactorWeaknesses } from "./tokens-and-factors";
import type { Weakness } from "./weakness";
import { webWeaknesses } from "./web";

/** Every weakness that is planted. */
export const weaknesses: readonly Weakness[] = [
  ...sessionWeaknesses,
  ...accountWeaknesses,
  ...tokenAndFactorWeaknesses,
  ...identityProviderWeaknesses,
  ...webWeaknesses,
];
