import { attack } from "../attack";
import { demand, demandStatus } from "../demand";
import { newSignedIn } from "../person";
import { rawRequest } from "../raw-request";
import type { Target } from "../target";

const YEAR_SECONDS = 31_536_000;

/** One path for each kind of answer. */
const KINDS: readonly (readonly [what: string, method: string, path: string])[] = [
  ["a page", "GET", "/sign-in"],
  ["a redirect", "GET", "/dashboard"],
  ["a page that isn't there", "GET", "/nothing-is-here"],
  ["an API's refusal", "GET", "/api/me"],
  ["an API that isn't there", "GET", "/api/nothing-is-here"],
  ["a wrong method", "GET", "/api/sign-in"],
  ["a wrong media type", "POST", "/api/sign-in"],
  ["Auth.js's own answer", "GET", "/api/auth/csrf"],
  ["a key set", "GET", "/.well-known/jwks.json"],
  ["health", "GET", "/healthz"],
];

/** A79: the headers that make browsers careful are on every answer. */
async function securityHeaders(target: Target): Promise<void> {
  const page = await (await target.client().get("/sign-in")).text();
  const script = /"(\/_next\/static\/[^"]+\.js)"/.exec(page)?.[1];
  const kinds = [...KINDS, ...(script ? [["a script", "GET", script] as const] : [])];
  for (const [what, method, path] of kinds) {
    const { headers } = await target.client().request(method, path);
    const value = (name: string) => headers.get(name) ?? "";
    const maxAge = Number(/max-age=(\d+)/.exec(value("strict-transport-security"))?.[1] ?? 0);
    demand(maxAge >= YEAR_SECONDS, `${what} (${path}) has no Strict-Transport-Security of a year`);
    demand(value("x-content-type-options") === "nosniff", `${what} (${path}) has no nosniff`);
    demand(value("referrer-policy") !== "", `${what} (${path}) has no Referrer-Policy`);
    demand(
      value("cross-origin-opener-policy") === "same-origin",
      `${what} (${path}) has no Cross-Origin-Opener-Policy`,
    );
    demand(value("permissions-policy") !== "", `${what} (${path}) has no Permissions-Policy`);
    const isHtml = value("content-type").startsWith("text/html");
    demand(!isHtml || /charset=utf-8/i.test(value("content-type")), `${what} (${path}) names no charset`);
    const framed = isHtml && !/frame-ancestors 'none'/.test(value("content-security-policy"));
    demand(!framed, `${what} (${path}) can be framed`);
    demand(headers.get("x-powered-by") === null, `${what} (${path}) says what it is made with`);
  }
}

/** A81: the policy lets no script run that the page didn't bring itself. */
async function contentPolicy(target: Target): Promise<void> {
  const policies: string[] = [];
  for (const path of ["/", "/sign-in", "/sign-up", "/forgot-password", "/sign-in", "/nothing-is-here"]) {
    const response = await target.client().get(path);
    const policy = response.headers.get("content-security-policy") ?? "";
    policies.push(policy);
    demand(policy !== "", `${path} has no Content-Security-Policy`);
    const scripts = directive(policy, "script-src") ?? directive(policy, "default-src") ?? "";
    demand(!/'unsafe-(?:inline|eval)'|\*|https?:(?:\s|$)|data:/.test(scripts), `${path} runs scripts from ${scripts}`);
    demand(/'nonce-[^']{16,}'/.test(scripts), `${path} marks its scripts with no nonce`);
    for (const name of ["object-src", "base-uri"]) {
      const value = directive(policy, name) ?? (name === "object-src" ? directive(policy, "default-src") : undefined);
      demand(value === "'none'" || value === "'self'", `${path} has ${name} ${value ?? "nowhere"}`);
    }
    const html = await response.text();
    const inline = (html.match(/<script\b[^>]*>/g) ?? []).find((tag) => !tag.includes("nonce="));
    demand(!inline, `${path} has a script without nonce: ${inline}`);
  }
  const nonces = policies.map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1]);
  demand(new Set(nonces).size === nonces.length, "two answers have the same nonce");
}

function directive(policy: string, name: string): string | undefined {
  const found = policy
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name} `));
  return found?.slice(name.length + 1);
}

const MARKUP = ['<script>alert("kit")</script>', '"><svg onload=alert(1)>', "</script><img src=x onerror=alert(1)>"];

/** A82: what an address says is text on the page. */
async function reflectedMarkup(target: Target): Promise<void> {
  for (const markup of MARKUP) {
    const value = encodeURIComponent(markup);
    const paths = [
      ...["error", "error_description", "callbackUrl", "email", "reason", "code"].map(
        (name) => `/sign-in?${name}=${value}`,
      ),
      ...[`/auth-error?error=${value}`, `/verify-email?token=${value}`, `/reset-password?token=${value}`],
      ...[`/${value}`, `/api/${value}`, `/api/sessions/${value}`, `/api/auth/${value}`],
    ];
    for (const path of paths) {
      const answer = await rawRequest(target.addresses[0], { path });
      const isHtml = String(answer.headers["content-type"]).startsWith("text/html");
      demand(!isHtml || !answer.text.includes(markup), `${path} writes markup into the page`);
      demand(answer.status < 500, `${path} answers ${answer.status}`);
    }
    const json = { email: markup, password: markup };
    const refused = await target.client().post("/api/sign-in", json);
    demand(/json/.test(refused.headers.get("content-type") ?? ""), "an API's refusal is not of a JSON type");
  }
}

/** A83: what a person says of themselves is text to everybody who reads it. */
async function storedMarkup(target: Target): Promise<void> {
  const [name, agent] = [MARKUP[1] ?? "", MARKUP[0] ?? ""];
  const { client, person } = await newSignedIn(target, { name });
  const headers = { "user-agent": agent };
  await target.client().post("/api/sign-in", person, { headers });
  for (const path of ["/dashboard", "/profile", "/settings/sessions", "/settings/security/activity"]) {
    const html = await (await client.get(path, { headers })).text();
    for (const markup of [name, agent]) demand(!html.includes(markup), `${path} holds ${markup} as markup`);
  }
}

/** A84: nothing personal is kept by anything between the server and its reader. */
async function cachedAnswers(target: Target): Promise<void> {
  const [mine, theirs] = await Promise.all([newSignedIn(target), newSignedIn(target)]);
  for (const path of [
    "/dashboard",
    "/profile",
    "/settings/security",
    "/api/me",
    "/api/sessions",
    "/api/auth/session",
  ]) {
    const response = await mine.client.get(path);
    demandStatus(response, 200, path);
    const policy = response.headers.get("cache-control") ?? "";
    demand(/no-store/.test(policy) && /private/.test(policy), `${path} may be kept: Cache-Control is "${policy}"`);
    const text = await (await theirs.client.get(path)).text();
    demand(!text.includes(mine.person.email), `${path} shows one person's address to another`);
  }
  for (const path of ["/dashboard/x.css", "/api/me/a.js", "/dashboard.css", "/settings/security/x.png"]) {
    const text = await (await mine.client.get(path)).text();
    demand(!text.includes(mine.person.email), `${path} is a personal page that caches take for a file`);
  }
  const bodies = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const { client, person } = at % 2 === 0 ? mine : theirs;
      return { person, text: await (await client.get("/api/me")).text() };
    }),
  );
  demand(
    bodies.every(({ person, text }) => text.includes(person.email)),
    "answers to two people were mixed up",
  );
}

const needs = ["mailbox"] as const;

export const responseAttacks = [
  attack("A79", "ASVS 3.4, 4.1.1", "Answers without the headers that make browsers careful", securityHeaders),
  attack("A81", "CSP Level 3, csp_evaluator", "Scripts that the policy lets run", contentPolicy),
  attack("A82", "ASVS 1.2.3", "Markup in addresses", reflectedMarkup),
  attack("A83", "ASVS 1.2.1", "Markup in what people say of themselves", storedMarkup, { needs }),
  attack("A84", "CVE-2026-64647, ASVS 14.2.5", "Answers that something in between keeps", cachedAnswers, { needs }),
];
