/** As much of fetch as a call of a token endpoint needs. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

interface RequestOptions {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: URLSearchParams | undefined;
}

/** An answer had more bytes than it may. */
class AnswerTooLong extends Error {
  override readonly name = "AnswerTooLong";
}

/**
 * A fetch that reads the whole answer before it returns: at most `maxBytes` of it, no redirect followed (the request carries
 * a secret), nothing cached, and all of it before `signal` says stop. Of the headers only the content type is kept.
 *
 * @throws AnswerTooLong, or what fetch throws.
 */
export function boundedFetch(
  inner: Fetch,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
): (url: string, options: RequestOptions) => Promise<Response> {
  return async (url, { method, headers, body: sent = null }) => {
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
    if (length > maxBytes) throw new AnswerTooLong(`The answer has more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
