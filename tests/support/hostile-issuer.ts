import { createHash } from "node:crypto";
import type { RequestListener, ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

import { listenOnLoopback } from "@/scripts/development/identity-provider/listen-on-loopback";

type Claims = Record<string, unknown>;

/** How an issuer departs from the truth, until `behave`. */
interface Lies {
  /** What becomes of the claims before they are signed. */
  claims?: ((claims: Claims) => Claims) | undefined;
  /** What becomes of the signed token. */
  idToken?: ((token: string, claims: Claims) => string | Promise<string>) | undefined;
  metadata?: (metadata: Claims) => Claims;
  userinfo?: (claims: Claims) => Claims;
  /** Answers of one's own, by path. */
  answers?: Readonly<Record<string, RequestListener>>;
}

/** An OpenID Connect issuer that tells the truth or, where a test wants it, lies. Its person is always the same. */
export interface HostileIssuer {
  readonly issuer: string;
  lie(lies: Lies): void;
  behave(): void;
  /** Signs with another key from now on, and publishes no other. */
  rotateKey(): Promise<void>;
  /** How often a path was asked for since `behave`. */
  calls(path: string): number;
  /** The code that it would give for an authorization request. */
  codeFor(authorizationRequest: URL): string;
  close(): Promise<void>;
}

export const METADATA_PATH = "/.well-known/openid-configuration";
export const HOSTILE_CLIENT = { id: "latchkey-hostile", secret: "a secret of thirty-two characters" };

const ACCESS_TOKEN = "an-access-token-that-no-log-may-hold";

export async function startHostileIssuer(person: { sub: string; email: string }): Promise<HostileIssuer> {
  const loopback = await listenOnLoopback(0);
  const issuer = `http://localhost:${loopback.port}`;
  const calls = new Map<string, number>();
  let lies: Lies = {};
  let key = await newKey();
  const standing = { ...person, email_verified: true, name: "Somebody" };

  const metadata = () => ({
    ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
    ...{ userinfo_endpoint: `${issuer}/userinfo`, jwks_uri: `${issuer}/jwks` },
    authorization_response_iss_parameter_supported: true,
  });
  const tokens = async (code: string) => {
    const now = Math.floor(Date.now() / 1000);
    const nonce = Buffer.from(code, "base64url").toString();
    const at_hash = createHash("sha256").update(ACCESS_TOKEN).digest().subarray(0, 16).toString("base64url");
    const truth = { iss: issuer, aud: HOSTILE_CLIENT.id, ...standing, iat: now, exp: now + 300, at_hash };
    const claims = lies.claims?.({ ...truth, ...(nonce && { nonce }) }) ?? { ...truth, ...(nonce && { nonce }) };
    const signed = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: key.kid }).sign(key.privateKey);
    const id_token = (await lies.idToken?.(signed, claims)) ?? signed;
    return { access_token: ACCESS_TOKEN, token_type: "Bearer", expires_in: 300, ...(id_token && { id_token }) };
  };

  const listener: RequestListener = async (request, response) => {
    const { pathname } = new URL(request.url ?? "", issuer);
    calls.set(pathname, (calls.get(pathname) ?? 0) + 1);
    const own = lies.answers?.[pathname];
    if (own) return own(request, response);
    switch (pathname) {
      case METADATA_PATH:
        return json(response, lies.metadata?.(metadata()) ?? metadata());
      case "/jwks":
        return json(response, { keys: [key.jwk] });
      case "/userinfo":
        return json(response, lies.userinfo?.(standing) ?? standing);
      default: {
        let body = "";
        for await (const chunk of request) body += String(chunk);
        return json(response, await tokens(new URLSearchParams(body).get("code") ?? ""));
      }
    }
  };
  for (const server of loopback.servers) server.on("request", listener);

  return {
    issuer,
    lie: (told) => {
      lies = told;
    },
    behave: () => {
      lies = {};
      calls.clear();
    },
    rotateKey: async () => {
      key = await newKey();
    },
    calls: (path) => calls.get(path) ?? 0,
    codeFor: ({ searchParams }) => Buffer.from(searchParams.get("nonce") ?? "").toString("base64url"),
    close: loopback.close,
  };
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function newKey() {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const kid = createHash("sha256")
    .update(JSON.stringify(await exportJWK(publicKey)))
    .digest("hex")
    .slice(0, 8);
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" } };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Forgeries of a signed token, by what they try. */
export const FORGERIES: Readonly<Record<string, (token: string, claims: Claims) => string | Promise<string>>> = {
  "algorithm none": (_, claims) => `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`,
  "HS256 with the client secret": (_, claims) =>
    new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(HOSTILE_CLIENT.secret)),
  "a garbage signature": (token) => `${token.split(".").slice(0, 2).join(".")}.${"A".repeat(342)}`,
  "an altered payload": (token, claims) => {
    const [header, , signature] = token.split(".");
    return [header, encode({ ...claims, sub: "victim" }), signature].join(".");
  },
  "a key that the issuer doesn't publish": async (_, claims) => {
    const foreign = await newKey();
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: foreign.kid }).sign(foreign.privateKey);
  },
  "a key of its own in the header": async (_, claims) => {
    const { jwk, privateKey } = await newKey();
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "x", jwk, jku: "https://evil.example" })
      .sign(privateKey);
  },
  "no ID token": () => "",
};

/** Claims that mustn't be believed though they be signed, by what is wrong. Seconds are counted from now. */
export const FALSE_CLAIMS: Readonly<Record<string, (claims: Claims) => Claims>> = {
  "another issuer": (claims) => ({ ...claims, iss: "https://accounts.google.com" }),
  "no issuer": ({ iss: _, ...claims }) => claims,
  "another audience": (claims) => ({ ...claims, aud: "somebody else's client" }),
  "no audience": ({ aud: _, ...claims }) => claims,
  "audiences without an authorized party": (claims) => ({ ...claims, aud: [HOSTILE_CLIENT.id, "another"] }),
  "another authorized party": (claims) => ({ ...claims, aud: [HOSTILE_CLIENT.id, "another"], azp: "another" }),
  "another authorized party beside our audience alone": (claims) => ({ ...claims, azp: "another" }),
  "no subject": ({ sub: _, ...claims }) => claims,
  "an empty subject": (claims) => ({ ...claims, sub: "" }),
  "a subject that is no text": (claims) => ({ ...claims, sub: 7 }),
  "no expiry": ({ exp: _, ...claims }) => claims,
  "an expiry that is past": (claims) => ({ ...claims, exp: Number(claims["iat"]) - 120 }),
  "no time of issue": ({ iat: _, ...claims }) => claims,
  "a time of issue in the future": (claims) => ({ ...claims, iat: Number(claims["iat"]) + 120 }),
  "a time of issue long ago": (claims) => ({ ...claims, iat: Number(claims["iat"]) - 3600 }),
  "a time before which it isn't valid": (claims) => ({ ...claims, nbf: Number(claims["iat"]) + 120 }),
  "the hash of another access token": (claims) => ({ ...claims, at_hash: "AAAAAAAAAAAAAAAAAAAAAA" }),
};
