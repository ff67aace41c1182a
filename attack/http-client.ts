/** What a request carries besides its method and path. */
export interface RequestOptions {
  /** Sent as JSON, with the matching content type. */
  json?: unknown;
  /** Sent as it is. Give `content-type` among the headers. */
  body?: string | Uint8Array;
  /** Override what is sent by default; null leaves a header out. */
  headers?: Record<string, string | null>;
}

/** A client that keeps cookies and follows no redirect, as a browser's scripts would see the server. */
export interface HttpClient {
  readonly origin: string;
  /** Name → value, as the server last set them. Change it to play with them. */
  readonly cookies: Map<string, string>;
  request(method: string, path: string, options?: RequestOptions): Promise<Response>;
  get(path: string, options?: RequestOptions): Promise<Response>;
  post(path: string, json?: unknown, options?: RequestOptions): Promise<Response>;
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A client with an empty jar, or with a copy of another's cookies.
 *
 * @param address - Where the server is reached, when that isn't its public origin: one of several behind a balancer.
 */
export function newHttpClient(
  origin: string,
  copied: ReadonlyMap<string, string> = new Map(),
  address = origin,
): HttpClient {
  const cookies = new Map(copied);
  const request = async (method: string, path: string, options: RequestOptions = {}): Promise<Response> => {
    const headers = headersOf(origin, cookies, method, options);
    const body = options.json === undefined ? options.body : JSON.stringify(options.json);
    const response = await fetch(address + path, {
      method,
      headers,
      redirect: "manual",
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : Uint8Array.from(body) }),
    });
    for (const line of response.headers.getSetCookie()) keepCookie(cookies, line);
    return response;
  };
  return {
    origin,
    cookies,
    request,
    get: (path, options) => request("GET", path, options),
    post: (path, json, options) => request("POST", path, json === undefined ? options : { ...options, json }),
  };
}

function headersOf(
  origin: string,
  cookies: ReadonlyMap<string, string>,
  method: string,
  options: RequestOptions,
): Headers {
  const headers = new Headers();
  if (!SAFE_METHODS.has(method)) headers.set("origin", origin);
  if (cookies.size > 0) headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
  if (options.json !== undefined) headers.set("content-type", "application/json");
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return headers;
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(/; */);
  const separator = pair.indexOf("=");
  const name = pair.slice(0, separator);
  const maxAge = attributes.find((attribute) => /^max-age=/i.test(attribute))?.slice("max-age=".length);
  const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice("expires=".length);
  const gone = maxAge === undefined ? expires !== undefined && Date.parse(expires) <= Date.now() : Number(maxAge) <= 0;
  if (gone) cookies.delete(name);
  else cookies.set(name, pair.slice(separator + 1));
}
