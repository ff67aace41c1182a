import type { Attack } from "@/attack/attack";
import type { Forward, Passed, Passing, Weakening } from "../../support/weakening-proxy";

/** A weakness that a server could have, and the attack that finds it. */
export interface Weakness {
  readonly foundBy: Attack["id"];
  readonly is: string;
  readonly weakening: Weakening;
  /** Whether it reads requests that can be read in two ways. */
  readonly lenient: boolean;
}

/** A server that is weak in this way. */
export function weakness(foundBy: Attack["id"], is: string, weakening: Weakening, lenient = false): Weakness {
  return { foundBy, is, weakening, lenient };
}

/** Whether a request is this call. */
export function isCall({ method, path }: Passing, wantedMethod: string, wantedPath: string | RegExp): boolean {
  const [pathname = ""] = path.split("?");
  const fits = typeof wantedPath === "string" ? pathname === wantedPath : wantedPath.test(pathname);
  return method === wantedMethod && fits;
}

/** Answers one call in another way, and all others as the server does. */
export function instead(
  method: string,
  path: string | RegExp,
  answer: (request: Passing, forward: Forward) => Promise<Passed> | Passed,
): Weakening {
  return (request, forward) => (isCall(request, method, path) ? answer(request, forward) : forward(request));
}

/** Changes every answer, or those that this says something about. */
export function changed(change: (answer: Passed, request: Passing) => Passed): Weakening {
  return async (request, forward) => change(await forward(request), request);
}

/** Changes every request before the server sees it. */
export function seenAs(change: (request: Passing) => Passing): Weakening {
  return (request, forward) => forward(change(request));
}

/** An answer of JSON. */
export function json(status: number, value: unknown = {}, headers: Passed["headers"] = {}): Passed {
  const body = status === 204 ? "" : JSON.stringify(value);
  return { status, headers: { "content-type": "application/json", ...headers }, body };
}

/** The same request without some of its headers. */
export function without(request: Passing, ...names: string[]): Passing {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !names.includes(name)));
  return { ...request, headers };
}

/** The fields of a request's JSON. */
export function fieldsOf({ body }: Passing): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(body, "latin1").toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** The same request with other JSON. */
export function withFields(request: Passing, fields: object): Passing {
  return { ...request, body: Buffer.from(JSON.stringify(fields)).toString("latin1") };
}
