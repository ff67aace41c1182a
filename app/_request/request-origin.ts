import { headers } from "next/headers";

import { originOf, type RequestOrigin } from "@/features/audit/request-origin";

/** From where the request comes that a page or server action answers. A route handler has `originOf`. */
export async function requestOrigin(): Promise<RequestOrigin> {
  return originOf(await headers());
}
