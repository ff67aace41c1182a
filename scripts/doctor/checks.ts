import type { Check } from "./check";
import { address, sameAddress } from "./checks/address";
import { clock } from "./checks/clock";
import { configuration } from "./checks/configuration";
import { cookies } from "./checks/cookies";
import { database } from "./checks/database";
import { running } from "./checks/instance";
import { issuers } from "./checks/issuers";
import { leftovers } from "./checks/leftovers";
import { lifetimes } from "./checks/lifetimes";
import { mail } from "./checks/mail";
import { proxy } from "./checks/proxy";
import { redirectUris } from "./checks/redirect-uris";
import { redis } from "./checks/redis";

/** Everything that the doctor looks at, in the order in which it tells. */
export const CHECKS: readonly Check[] = [
  configuration,
  leftovers,
  lifetimes,
  address,
  database,
  redis,
  mail,
  issuers,
  redirectUris,
  running,
  sameAddress,
  cookies,
  proxy,
  clock,
];
