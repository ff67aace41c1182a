import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach } from "vitest";

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly token: string | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

const CHALLENGE = { "www-authenticate": 'Bearer error="invalid_token"' };

/** A small API over real HTTP that says what it was sent, and refuses as the test wants it to. */
export class FakeApi {
  readonly arrived: Arrived[] = [];
  /** The tokens that are taken. Empty it, and all that were issued are refused. */
  readonly good = new Set<string>();
  /** What `/api/refresh` answers in place of a token. */
  refusal: Answer | "hang_up" | null = null;
  lifetimeSeconds = 300;
  /** What `/api/refresh` takes before it answers. */
  refreshTakesMs = 5;
  origin = "";
  #issued = 0;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async listen(): Promise<void> {
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  reset(): void {
    this.arrived.length = 0;
    this.good.clear();
    this.refusal = null;
    this.lifetimeSeconds = 300;
    this.refreshTakesMs = 5;
    this.#issued = 0;
  }

  get refreshes(): number {
    return this.to("/api/refresh").length;
  }

  /** What arrived at a path, its query included. */
  to(path: string): Arrived[] {
    return this.arrived.filter((request) => request.path === path);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { method = "", url: path = "", headers } = request;
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? null;
    const arrived: Arrived = { method, path, token, headers, body };
    this.arrived.push(arrived);
    const answer = path === "/api/refresh" ? await this.#refresh() : await this.#answer(arrived);
    if (answer === "hang_up") {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(JSON.stringify(answer.body ?? {}));
  }

  async #refresh(): Promise<Answer | "hang_up"> {
    await sleep(this.refreshTakesMs);
    if (this.refusal) return this.refusal;
    const accessToken = `token-${++this.#issued}`;
    this.good.add(accessToken);
    return { status: 200, body: { accessToken, tokenType: "Bearer", expiresIn: this.lifetimeSeconds, user: {} } };
  }

  async #answer({ method, path, token, body }: Arrived): Promise<Answer> {
    const { pathname, searchParams } = new URL(path, this.origin);
    await sleep(Number(searchParams.get("after")));
    const location = searchParams.get("to");
    if (location) return { status: 302, headers: { location } };
    if (pathname === "/api/wrong-password") return { status: 401, body: { code: "invalid_credentials" } };
    const isTaken = token !== null && this.good.has(token) && pathname !== "/api/never";
    return isTaken ? { status: 200, body: { method, token, body } } : { status: 401, headers: CHALLENGE };
  }
}

/** One for the file, as good as new before each test. */
export function useFakeApi(): FakeApi {
  const api = new FakeApi();
  beforeAll(() => api.listen());
  beforeEach(() => api.reset());
  afterAll(() => api.close());
  return api;
}
