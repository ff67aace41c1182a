import { env } from "@/lib/env/env";
import { isLoopback } from "@/lib/loopback";

/** Where calls may go. */
export type Reach =
  /** https to the internet. What everybody else is refused stays out of a provider's reach too. */
  | "internet"
  /** Also plain http to this machine: while this application itself runs on a developer's, at a loopback address. */
  | "internet-and-loopback";

/** Where this installation's calls may go: on a developer's machine a provider may be there too. */
export function ownReach(): Reach {
  return isLoopback(env().AUTH_URL) ? "internet-and-loopback" : "internet";
}
