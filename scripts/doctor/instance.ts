import { fetch } from "undici";

const CALL_TIMEOUT_MS = 5_000;
const MAX_BODY_CHARACTERS = 64 * 1024;

/** The door puts the public origin into this header of every answer, whoever makes it. */
const OWN_ENDPOINT = /security="([^"]+)\/api\/security-reports"/;

/** What came back, with no redirect followed. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Each `Set-Cookie`, as it came. */
  readonly cookies: readonly string[];
  readonly body: string;
  /** The round trip, by this machine's clock. */
  readonly askedAt: Date;
  readonly answeredAt: Date;
}

/** A running instance, as browsers reach it. */
export interface Instance {
  /** Where it is asked. */
  readonly url: URL;
  /** What it takes for its public origin. */
  readonly origin: string;
  /** Its answer on `/healthz`. */
  readonly health: Answer;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** What was found at an address. */
export type Sight =
  | { readonly kind: "instance"; readonly instance: Instance }
  | { readonly kind: "elsewhere"; readonly location: URL }
  | { readonly kind: "stranger"; readonly status: number }
  | { readonly kind: "nothing"; readonly code: string };

/** Looks for an instance at an address. */
export async function visit(url: URL): Promise<Sight> {
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) => ask(new URL(path, url), headers);
  try {
    const health = await get("/healthz");
    const [, origin] = OWN_ENDPOINT.exec(health.headers.get("reporting-endpoints") ?? "") ?? [];
    if (origin !== undefined) return { kind: "instance", instance: { url, origin, health, get } };
    const location = locationOf(health, url);
    return location ? { kind: "elsewhere", location } : { kind: "stranger", status: health.status };
  } catch (error) {
    return { kind: "nothing", code: codeOf(error) };
  }
}

/** One GET, with a limit to its time. Throws where nothing answers; `codeOf` says why. */
export async function ask(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const askedAt = new Date();
  const signal = AbortSignal.timeout(CALL_TIMEOUT_MS);
  const response = await fetch(url, { headers, redirect: "manual", signal });
  const answeredAt = new Date();
  const body = (await response.text()).slice(0, MAX_BODY_CHARACTERS);
  // Node's own Headers, which the types of the rest speak of.
  const copied = new Headers([...response.headers].filter(([name]) => name !== "set-cookie"));
  return {
    status: response.status,
    headers: copied,
    cookies: response.headers.getSetCookie(),
    body,
    askedAt,
    answeredAt,
  };
}

/** Where a browser is led on to, when that is another origin. */
function locationOf({ status, headers }: Answer, url: URL): URL | null {
  const location = headers.get("location");
  if (status < 300 || status >= 400 || !location || !URL.canParse(location, url)) return null;
  const target = new URL(location, url);
  return target.origin === url.origin ? null : target;
}

/** `fetch failed` has the reason as its cause, and that may have several, one for each address that was tried. */
export function codeOf(error: unknown): string {
  const { code, cause, errors, name } = error as {
    code?: unknown;
    cause?: unknown;
    errors?: readonly unknown[];
    name?: string;
  };
  if (typeof code === "string") return code;
  const [first] = errors ?? [];
  if (first !== undefined) return codeOf(first);
  return cause instanceof Error ? codeOf(cause) : (name ?? "unknown");
}
