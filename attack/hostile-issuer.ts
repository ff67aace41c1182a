import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** How one flow's answers differ from an honest issuer's. */
export interface Trick {
  /** Other claims; `undefined` leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signed otherwise: not at all, with the client's secret, with a key that is not published, or altered afterwards. */
  readonly signature?: "none" | "client_secret" | "unknown_key" | "garbage" | "altered_payload";
  readonly userinfo?: Readonly<Record<string, unknown>>;
  /** What the token endpoint does in place of answering. */
  readonly tokenEndpoint?: "redirect" | "huge" | "error";
}

/** One sign-in that waits for the issuer's answer, by the code that stands for it. */
interface Flow {
  readonly nonce: string | undefined;
  readonly trick: Trick;
  readonly person: { readonly sub: string; readonly email: string; readonly emailVerified: boolean };
}

/** An OpenID Connect issuer that lies when it is told to. */
export interface HostileIssuer {
  readonly issuer: string;
  /** What was asked for at addresses that its redirects led to. */
  readonly lured: readonly string[];
  /** The access tokens that its userinfo was asked with. */
  readonly asked: readonly string[];
  expect(code: string, flow: Flow): void;
  /** From now on signs with another key, which it publishes. */
  rotate(): Promise<void>;
  close(): void;
}

export const HOSTILE_CLIENT = { id: "latchkey-attack", secret: "latchkey-attack-client-secret-1" } as const;
/** The provider's id at the target: `AUTH_OIDC_HOSTILE_…`. */
export const HOSTILE_PROVIDER = "hostile";
const LURE = "/lured";
const HUGE_BYTES = 12 * 1024 * 1024;

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

async function newKey(kid: string): Promise<Key> {
  return { kid, ...(await generateKeyPair("RS256", { extractable: true })) };
}

/** What the issuer remembers. */
interface Books {
  readonly flows: Map<string, Flow>;
  readonly tokens: Map<string, Flow>;
  readonly lured: string[];
  readonly asked: string[];
  issuer: string;
  key: Key;
  readonly stranger: Key;
}

type Route = (books: Books, request: IncomingMessage, response: ServerResponse) => unknown;

const ROUTES: Readonly<Record<string, Route>> = {
  "/.well-known/openid-configuration": ({ issuer }, _, response) => reply(response, 200, discovery(issuer)),
  "/jwks": async ({ key }, _, response) => {
    const jwk = { ...(await exportJWK(key.publicKey)), kid: key.kid, alg: "RS256", use: "sig" };
    reply(response, 200, { keys: [jwk] });
  },
  "/token": answerToken,
  "/userinfo": ({ tokens, asked }, request, response) => {
    const accessToken = (request.headers.authorization ?? "").replace("Bearer ", "");
    asked.push(accessToken);
    const flow = tokens.get(accessToken);
    if (!flow) return reply(response, 401, { error: "invalid_token" });
    const { sub, email, emailVerified } = flow.person;
    reply(response, 200, { sub, email, email_verified: emailVerified, ...flow.trick.userinfo });
  },
  [LURE]: ({ lured }, request, response) => {
    lured.push(request.url ?? "");
    reply(response, 200, {});
  },
};

/** Starts the issuer. Nothing about it is true but its address. */
export async function startHostileIssuer(port: number): Promise<HostileIssuer> {
  const [key, stranger] = [await newKey("1"), await newKey("1")];
  const books: Books = { flows: new Map(), tokens: new Map(), lured: [], asked: [], issuer: "", key, stranger };
  const server = createServer((request, response) => {
    const route = ROUTES[new URL(request.url ?? "/", "http://localhost").pathname];
    if (route) void route(books, request, response);
    else reply(response, 404, {});
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  books.issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    ...{ issuer: books.issuer, lured: books.lured, asked: books.asked },
    expect: (code, flow) => books.flows.set(code, flow),
    rotate: async () => {
      books.key = await newKey(String(Number(books.key.kid) + 1));
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answerToken(books: Books, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const code = new URLSearchParams(await text(request)).get("code") ?? "";
  const flow = books.flows.get(code);
  const does = flow?.trick.tokenEndpoint;
  if (!flow || does === "error") return reply(response, 400, { error: "invalid_grant" });
  if (does === "huge") return reply(response, 200, { padding: "x".repeat(HUGE_BYTES) });
  if (does === "redirect") {
    response.writeHead(307, { location: books.issuer + LURE }).end();
    return;
  }
  const accessToken = `access-${code}`;
  books.tokens.set(accessToken, flow);
  const idToken = await mint(flow, books);
  reply(response, 200, { access_token: accessToken, token_type: "Bearer", expires_in: 300, id_token: idToken });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function discovery(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
  };
}

async function mint({ nonce, trick, person }: Flow, { issuer, key, stranger }: Books): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const { sub, email, emailVerified } = person;
  const honest = { iss: issuer, aud: HOSTILE_CLIENT.id, sub, email, email_verified: emailVerified, nonce };
  const claims = { ...honest, iat: nowSeconds, exp: nowSeconds + 300, ...trick.claims } as JWTPayload;
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  if (trick.signature === "none") return `${encode({ alg: "none" })}.${encode(claims)}.`;
  const byHmac = trick.signature === "client_secret";
  const secret = byHmac
    ? Buffer.from(HOSTILE_CLIENT.secret)
    : (trick.signature === "unknown_key" ? stranger : key).privateKey;
  const header = { alg: byHmac ? "HS256" : "RS256", kid: key.kid, ...trick.header };
  const signed = await new SignJWT(claims).setProtectedHeader(header).sign(secret);
  const [head = "", , signature = ""] = signed.split(".");
  if (trick.signature === "garbage") return `${signed.slice(0, signed.lastIndexOf("."))}.${"A".repeat(342)}`;
  if (trick.signature === "altered_payload")
    return `${head}.${encode({ ...claims, sub: "somebody-else" })}.${signature}`;
  return signed;
}
