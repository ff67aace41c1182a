import { attack } from "../attack";
import { demand, demandStatus } from "../demand";
import type { HttpClient } from "../http-client";
import { copyOf, newPassword, newSignedIn, signUp } from "../person";
import { rawRequest } from "../raw-request";
import type { Target } from "../target";

const EVIL = "https://evil.test";

/** What a browser sends for another site's page, whose own headers it doesn't let that page write. */
const FOREIGN: Readonly<Record<string, Record<string, string | null>>> = {
  "another site": { origin: EVIL, "sec-fetch-site": "cross-site" },
  "a sandboxed frame": { origin: "null", "sec-fetch-site": "cross-site" },
  "another site, without Origin": { origin: null, "sec-fetch-site": "cross-site" },
  "a sister domain": { origin: null, "sec-fetch-site": "same-site" },
  "another site, without both": { origin: null, referer: `${EVIL}/` },
  "another site that names itself as the host": { origin: EVIL, "x-forwarded-host": "evil.test" },
  "the same name over another port": { origin: "http://localhost:1" },
};

/** A70: no other site's page changes anything for whoever is signed in. */
async function crossSiteRequests(target: Target): Promise<void> {
  const { client, person } = await newSignedIn(target);
  const calls: readonly (readonly [method: string, path: string, json?: unknown])[] = [
    ["POST", "/api/sign-out"],
    ["POST", "/api/refresh"],
    ["DELETE", "/api/sessions"],
    ["POST", "/api/password/change", { currentPassword: person.password, newPassword: newPassword() }],
    ["POST", "/api/second-factor/totp"],
    ["POST", "/api/passkeys/registration-options"],
    ["DELETE", "/api/account", { password: person.password }],
  ];
  for (const [from, headers] of Object.entries(FOREIGN)) {
    for (const [method, path, json] of calls) {
      const response = await copyOf(target, { client }).request(method, path, { ...(json ? { json } : {}), headers });
      demandStatus(response, 403, `${method} ${path} from ${from}`);
    }
    const body = new URLSearchParams({ csrfToken: "x" }).toString();
    const form = { ...headers, "content-type": "application/x-www-form-urlencoded" };
    const authJs = await copyOf(target, { client }).request("POST", "/api/auth/signout", { body, headers: form });
    demand(!authJs.headers.getSetCookie().some(clearsSession), `Auth.js's sign-out runs from ${from}`);
  }
  await crossSiteAction(copyOf(target, { client }));
  demandStatus(await client.get("/api/me"), 200, "the session after all that");
}

const clearsSession = (line: string) => /session-token=;/.test(line);

/** A form of a page, sent as a browser without scripts sends it, from elsewhere. */
async function crossSiteAction(client: HttpClient): Promise<void> {
  const html = await (await client.get("/dashboard")).text();
  const action = /name="(\$ACTION_ID_[0-9a-f]+)"/.exec(html)?.[1];
  if (!action) return;
  for (const [from, headers] of Object.entries(FOREIGN)) {
    const body = new FormData();
    body.set(action, "");
    const encoded = new Response(body);
    const type = encoded.headers.get("content-type") ?? "";
    const content = new Uint8Array(await encoded.arrayBuffer());
    const response = await client.request("POST", "/dashboard", {
      body: content,
      headers: { ...headers, "content-type": type },
    });
    demandStatus(response, [400, 403], `a form of /dashboard from ${from}`);
    demand(!response.headers.getSetCookie().some(clearsSession), `a form of /dashboard took effect from ${from}`);
  }
}

/** A71: nobody is signed in, or signed up, by another site's page: to an account of the attacker's, for instance. */
async function loginCsrf(target: Target): Promise<void> {
  const person = target.mailbox ? (await newSignedIn(target)).person : await signUp(target);
  for (const headers of [{ origin: EVIL }, { origin: "null" }, { origin: EVIL, "sec-fetch-site": "cross-site" }]) {
    for (const path of ["/api/sign-in", "/api/sign-up", "/api/password/forgot", "/api/verify-email"]) {
      const response = await target.client().post(path, person, { headers });
      demandStatus(response, 403, `${path} from another site`);
      demand(response.headers.getSetCookie().length === 0, `${path} from another site sets a cookie`);
    }
  }
}

const OTHER_TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/json",
  "",
];

/** A72: what a plain form of another site could send is not taken for JSON. */
async function contentTypes(target: Target): Promise<void> {
  const body = JSON.stringify({ email: "a@attack.test", password: newPassword() });
  for (const type of OTHER_TYPES) {
    for (const path of ["/api/sign-in", "/api/sign-up", "/api/password/forgot", "/api/password/reset"]) {
      const headers = {
        ...(type ? { "content-type": type } : {}),
        origin: target.origin,
        "content-length": body.length,
      };
      const { status } = await rawRequest(target.addresses[0], { method: "POST", path, headers, body });
      if (status === 429) continue;
      demand(status === 415, `${path} with ${type || "no content type"}: answered ${status}, not 415`);
    }
  }
}

/** A73: reading changes nothing. */
async function unsafeReads(target: Target): Promise<void> {
  const { client } = await newSignedIn(target);
  const paths = [
    ...["/api/sign-out", "/api/refresh", "/api/verify-email", "/api/password/change", "/api/account"],
    ...["/api/second-factor/totp", "/api/passkeys/registration-options"],
  ];
  for (const path of paths) {
    for (const method of ["GET", "HEAD"]) {
      demandStatus(await copyOf(target, { client }).request(method, path), 405, `${method} ${path}`);
    }
  }
  await copyOf(target, { client }).get("/api/auth/signout");
  demandStatus(await client.get("/api/me"), 200, "the session after that");
}

/** A78: no other site's script reads an answer. */
async function crossOriginReads(target: Target): Promise<void> {
  const paths = [
    "/api/me",
    "/api/sessions",
    "/api/auth/session",
    "/api/auth/csrf",
    "/dashboard",
    "/.well-known/jwks.json",
  ];
  for (const path of paths) {
    for (const origin of [EVIL, "null"]) {
      for (const method of ["GET", "OPTIONS"]) {
        const headers = {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "content-type",
        };
        const response = await target.client().request(method, path, { headers });
        const allowed = response.headers.get("access-control-allow-origin");
        const isOpen = allowed !== null && path !== "/.well-known/jwks.json";
        demand(!isOpen, `${method} ${path} lets ${allowed} read it`);
        const withCookies = response.headers.get("access-control-allow-credentials");
        demand(withCookies === null, `${method} ${path} lets another site read it with cookies`);
      }
    }
  }
}

/** A80: another site's page can't embed an answer as a document, script or picture. */
async function embeddedAnswers(target: Target): Promise<void> {
  for (const destination of ["document", "script", "image", "iframe"]) {
    const headers = { "sec-fetch-dest": destination, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
    const response = await target.client().get("/api/me", { headers });
    const policy = response.headers.get("cross-origin-resource-policy");
    demand(response.status === 403 || policy === "same-origin", `/api/me can be embedded as ${destination}`);
    demand(/json/.test(response.headers.get("content-type") ?? ""), "/api/me is not of a JSON type");
  }
}

export const crossOriginAttacks = [
  attack("A70", "CVE-2026-27978, ASVS 3.5.1", "Another site's page acts for whoever is signed in", crossSiteRequests, {
    needs: ["mailbox"],
  }),
  attack("A71", "better-auth", "Another site's page signs somebody in", loginCsrf),
  attack("A72", "ASVS 3.5.2", "A plain form taken for JSON", contentTypes),
  attack("A73", "ASVS 3.5.3", "Reading that changes something", unsafeReads, { needs: ["mailbox"] }),
  attack("A78", "oidc-provider", "Another site's script reads answers", crossOriginReads),
  attack("A80", "ASVS 3.2.1, 3.5.8", "Another site embeds answers", embeddedAnswers),
];
