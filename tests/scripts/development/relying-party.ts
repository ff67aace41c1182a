import { createHash, randomBytes } from "node:crypto";

import * as z from "zod";

const TokensSchema = z.object({
  access_token: z.string(),
  id_token: z.string(),
  refresh_token: z.string().optional(),
  token_type: z.literal("Bearer"),
});

export type Tokens = z.output<typeof TokensSchema>;

export const REDIRECT_URI = "http://localhost:3000/api/auth/callback/google";
export const CLIENT = {
  clientId: "latchkey-tests",
  clientSecret: "latchkey-tests-secret",
  redirectUris: [REDIRECT_URI],
};

/** The cookies and redirects of a browser, and the app's side of the flow, with nothing but fetch. */
export class RelyingParty {
  readonly issuer: string;
  readonly codeVerifier = randomBytes(32).toString("base64url");
  readonly #cookies = new Map<string, string>();

  constructor(issuer: string) {
    this.issuer = issuer;
  }

  /** The parameters of an authorization request; `extra` adds, replaces, or (undefined) removes. */
  authorizationUrl(extra: Record<string, string | undefined> = {}): URL {
    const parameters: Record<string, string | undefined> = {
      client_id: CLIENT.clientId,
      redirect_uri: REDIRECT_URI,
      response_type: "code",
      scope: "openid email profile",
      state: "the-state",
      code_challenge: createHash("sha256").update(this.codeVerifier).digest("base64url"),
      code_challenge_method: "S256",
      ...extra,
    };
    const url = new URL("/auth", this.issuer);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return url;
  }

  /** Sends a request with this browser's cookies and keeps those that come back. Redirects are not followed. */
  async visit(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = "", value = ""] = line.split(";", 1)[0]?.split("=", 2) ?? [];
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  /** Opens the authorization URL and returns the address of the page where a person chooses. */
  async openChoice(extra: Record<string, string | undefined> = {}): Promise<string> {
    return locationOf(await this.visit(this.authorizationUrl(extra)), this.issuer);
  }

  /** Posts that page's form. */
  choose(choicePage: string, form: Record<string, string>): Promise<Response> {
    return this.visit(choicePage, { method: "POST", body: new URLSearchParams(form) });
  }

  /** From the authorization request to the redirect back to the app. */
  async authorize(form: Record<string, string>, extra: Record<string, string | undefined> = {}): Promise<URL> {
    const chosen = await this.choose(await this.openChoice(extra), form);
    const back = await this.visit(locationOf(chosen, this.issuer));
    return new URL(locationOf(back, this.issuer));
  }

  requestTokens(parameters: Record<string, string>): Promise<Response> {
    const credentials = Buffer.from(`${CLIENT.clientId}:${CLIENT.clientSecret}`).toString("base64");
    return fetch(new URL("/token", this.issuer), {
      method: "POST",
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams(parameters),
    });
  }

  async redeem(callback: URL): Promise<Tokens> {
    const response = await this.requestTokens({
      grant_type: "authorization_code",
      code: callback.searchParams.get("code") ?? "",
      redirect_uri: REDIRECT_URI,
      code_verifier: this.codeVerifier,
    });
    return TokensSchema.parse(await response.json());
  }

  refresh(refreshToken: string | undefined): Promise<Response> {
    return this.requestTokens({ grant_type: "refresh_token", refresh_token: refreshToken ?? "" });
  }
}

export function locationOf(response: Response, base: string): string {
  const location = response.headers.get("location");
  if (location === null) throw new Error(`Expected a redirect, got ${response.status}`);
  return new URL(location, base).href;
}
