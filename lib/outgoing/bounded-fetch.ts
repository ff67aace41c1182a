import { Failure } from "@/lib/failure";

/** As much of fetch as is needed of what calls a provider. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What a request may say. */
export interface RequestOptions {
  readonly method?: string;
  readonly headers?: RequestInit["headers"];
  readonly body?: RequestInit["body"];
  /** Ends the call earlier than its own limit. */
  readonly signal?: AbortSignal | null | undefined;
}

/**
 * A fetch that reads the whole answer before it returns: at most `maxBytes` of it, no redirect followed (the request carries
 * a secret), nothing cached, and all of it before `signal` says stop. Of the headers only the content type is kept.
 *
 * @throws Failure `outgoing_answer_too_long`, or what fetch throws.
 */
export function boundedFetch(
  inner: Fetch,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
): (url: string, options?: RequestOptions) => Promise<Response> {
  return async (url, { method = "GET", headers = {}, body: sent = null } = {}) => {
    const response = await inner(url, { method, headers, body: sent, redirect: "manual", cache: "no-store", signal });
    const body = await readAtMost(response, maxBytes);
    return new Response(body.length === 0 ? null : body, {
      status: response.status,
      headers: { "content-type": response.headers.get("content-type") ?? "" },
    });
  };
}

async function readAtMost(response: Response, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream, and with it the connection.
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw new Failure("outgoing_answer_too_long", `The answer has more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
