import { randomBytes } from "node:crypto";
import type { EventEmitter } from "node:events";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider/lib/provider.js";

import { log } from "@/lib/log";
import { handleInteraction } from "./interaction";
import { renderNotice, sendPage } from "./page";
import { OFFERED_PERSONAS, type Persona } from "./personas";
import { drawPicture, type Picture, paintPicture } from "./pictures";
import { type ClientSettings, COOKIE_NAMES, providerConfiguration } from "./provider-configuration";

/**
 * The whole identity provider as a handler for node:http, so that a test can stand between it and the network.
 *
 * Its keys are made anew each time: a restart ends every token that it issued, and none of its keys is ever on disk.
 */
export async function identityProviderHandler(issuer: string, client: ClientSettings): Promise<RequestListener> {
  const personas = new Map<string, Persona>(OFFERED_PERSONAS.map(({ persona }) => [persona.subject, persona]));
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const provider = new Provider(
    issuer,
    providerConfiguration({
      issuer,
      client,
      signingKey: { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: randomBytes(8).toString("hex") },
      cookieKey: randomBytes(32).toString("base64url"),
      findPersona: (subject) => personas.get(subject),
    }),
  );
  // Koa prints what nobody listens for.
  (provider as EventEmitter).on("error", report);
  provider.on("server_error", (_context, error) => report(error));

  const answerProtocol = provider.callback();
  const remember = (persona: Persona) => void personas.set(persona.subject, persona);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { host, pathname } = new URL(request.url ?? "/", issuer);
    // Another host name means another site's script (DNS rebinding), and the URLs in answers are built from it.
    if (request.headers.host !== new URL(issuer).host || host !== new URL(issuer).host) {
      return sendPage(response, 421, renderNotice("Wrong address", `This server answers at ${issuer} only.`));
    }
    const [, letter, format] = /^\/pictures\/([A-Z])\.(svg|png)$/.exec(pathname) ?? [];
    if (letter) return sendPicture(response, format === "svg" ? drawPicture(letter) : await paintPicture(letter));
    if (pathname.startsWith("/interaction/")) return handleInteraction(provider, remember, request, response);
    if (pathname.startsWith("/auth")) forgetSession(request);
    await answerProtocol(request, response);
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      report(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
}

/**
 * Every authorization begins with nobody signed in, so that a person is always asked, and choosing another one
 * needs no sign-out first.
 */
function forgetSession(request: IncomingMessage): void {
  const own = new RegExp(`^${COOKIE_NAMES.session}(?:\\.sig)?=`);
  const others = (request.headers.cookie ?? "").split("; ").filter((cookie) => !own.test(cookie));
  request.headers.cookie = others.join("; ");
}

function sendPicture(response: ServerResponse, { type, content }: Picture): void {
  const headers = {
    "content-type": type,
    "content-security-policy": "default-src 'none'",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
  };
  response.writeHead(200, headers).end(content);
}

function report(error: unknown): void {
  log.error({ error }, "The development identity provider failed to answer a request.");
}
