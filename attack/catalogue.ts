import type { Attack } from "./attack";
import { crossOriginAttacks } from "./catalogue/cross-origin";
import { gatingAttacks } from "./catalogue/gating";
import { identityProviderAttacks } from "./catalogue/identity-provider";
import { inputAttacks } from "./catalogue/input";
import { mailAttacks } from "./catalogue/mail";
import { neutralityAttacks } from "./catalogue/neutrality";
import { oneTimeTokenAttacks } from "./catalogue/one-time-tokens";
import { passkeyAttacks } from "./catalogue/passkeys";
import { passwordAttacks } from "./catalogue/passwords";
import { personalDataAttacks } from "./catalogue/personal-data";
import { preHijackingAttacks } from "./catalogue/pre-hijacking";
import { protocolAttacks } from "./catalogue/protocol";
import { rateLimitAttacks } from "./catalogue/rate-limits";
import { redirectAttacks } from "./catalogue/redirects";
import { refreshAttacks } from "./catalogue/refresh";
import { responseAttacks } from "./catalogue/responses";
import { secondFactorAttacks } from "./catalogue/second-factor";
import { sessionCookieAttacks } from "./catalogue/session-cookie";

const numberOf = ({ id }: Attack) => Number(id.slice(1));

/** A1–A102, in order. */
export const catalogue: readonly Attack[] = [
  ...sessionCookieAttacks,
  ...gatingAttacks,
  ...refreshAttacks,
  ...neutralityAttacks,
  ...rateLimitAttacks,
  ...passwordAttacks,
  ...mailAttacks,
  ...preHijackingAttacks,
  ...oneTimeTokenAttacks,
  ...secondFactorAttacks,
  ...passkeyAttacks,
  ...identityProviderAttacks,
  ...crossOriginAttacks,
  ...redirectAttacks,
  ...responseAttacks,
  ...inputAttacks,
  ...protocolAttacks,
  ...personalDataAttacks,
].sort((a, b) => numberOf(a) - numberOf(b));
