import { Agent, fetch } from "undici";

import { Failure } from "@/lib/failure";
import { isLoopback } from "@/lib/loopback";
import { boundedFetch, type Fetch, type RequestOptions } from "./bounded-fetch";
import { publicConnection, type Resolve } from "./public-connection";
import type { Reach } from "./reach";

/** A call of an identity provider, from the look-up of its name to the last byte of its answer. */
const CALL_TIMEOUT_MS = 5_000;

/** Of what providers answer, the largest that is known, a set of keys with its certificates, has some 30,000. */
const MAX_ANSWER_BYTES = 256 * 1024;

/**
 * The fetch for whatever an identity provider's configuration or metadata name: within 5 s, at most 256 KB, following no
 * redirect, and in production only to public addresses. Somebody who has this application call an address of theirs (SSRF)
 * learns nothing of its network.
 *
 * @param options.maxBytes - Of an answer, where it is a picture; 256 KB otherwise.
 * @param options.resolve - For names, in production; the system's own way.
 * @throws Failure `outgoing_…`, whose message holds nothing of request and answer.
 */
export function outgoingFetch(
  reach: Reach,
  { maxBytes = MAX_ANSWER_BYTES, resolve }: { maxBytes?: number; resolve?: Resolve } = {},
): (url: string, o?: RequestOptions) => Promise<Response> {
  const dispatcher = new Agent(
    reach === "internet"
      ? { connect: publicConnection(CALL_TIMEOUT_MS, resolve) }
      : { connect: { timeout: CALL_TIMEOUT_MS } },
  );
  // Node's own fetch takes no dispatcher of another release than its own.
  const inner: Fetch = async (url, init) =>
    (await fetch(url, { ...(init as object), dispatcher })) as unknown as Response;
  return async (address, options) => {
    const url = allowedUrl(address, reach);
    const timeOut = AbortSignal.timeout(CALL_TIMEOUT_MS);
    const signal = options?.signal ? AbortSignal.any([timeOut, options.signal]) : timeOut;
    const response = await boundedFetch(inner, { maxBytes, signal })(url.href, options).catch((error: unknown) => {
      throw describe(error, signal);
    });
    if (response.status >= 300 && response.status < 400) {
      throw new Failure("outgoing_redirected", "The answer leads elsewhere, which is not followed.");
    }
    return response;
  };
}

/** Whether a URL is one that may be called, or that a browser may be sent to for a sign-in: https, or what `reach` adds. */
export function isAllowedUrl(address: string, reach: Reach): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") return false;
  return (
    url.protocol === "https:" || (reach === "internet-and-loopback" && url.protocol === "http:" && isLoopback(url))
  );
}

function allowedUrl(address: string, reach: Reach): URL {
  if (!isAllowedUrl(address, reach)) throw new Failure("outgoing_url_refused", "The address is not https.");
  return new URL(address);
}

/** Says which of the limits it was, since fetch says "fetch failed" to almost all. */
function describe(error: unknown, signal: AbortSignal): Failure {
  const { cause } = error as { cause?: unknown };
  if (error instanceof Failure) return error;
  if (cause instanceof Failure) return cause;
  return signal.aborted
    ? new Failure("outgoing_timed_out", `No whole answer came in time, which is ${CALL_TIMEOUT_MS} ms at most.`, {
        cause: error,
      })
    : new Failure("outgoing_unreachable", "There is no connection, or it broke off.", { cause: error });
}
