import { attack, fromInside } from "../attack";
import { demand } from "../demand";
import { rawRequest } from "../raw-request";
import type { Target } from "../target";

const EVIL = "evil.test";

/** Every way to spell an address elsewhere that some parser takes for a path, or the other way round. */
const ELSEWHERE = [
  ...[`https://${EVIL}`, `//${EVIL}`, `/\\${EVIL}`, `/\t/${EVIL}`, `\\\\${EVIL}`, `///${EVIL}`, `https:${EVIL}`],
  ...["javascript:alert(1)", "data:text/html,x", `http://localhost@${EVIL}`, `http://localhost.${EVIL}`],
  ...[`%2f%2f${EVIL}`, `%252f%252f${EVIL}`, `/%09/${EVIL}`, `/\r\nLocation: https://${EVIL}`, `/.//${EVIL}`],
];

/** A74: headers that a proxy would have to be trusted for change neither the page nor where it leads. */
async function hostHeaders(target: Target): Promise<void> {
  const { host } = new URL(target.origin);
  const variants: readonly Record<string, string>[] = [
    { host: EVIL },
    { host, "x-forwarded-host": EVIL },
    { host, "x-forwarded-host": EVIL, "x-forwarded-proto": "https" },
    { host, forwarded: `host=${EVIL}` },
    { host, "x-original-url": "/dashboard" },
    { host, "x-rewrite-url": "/dashboard" },
    { host, "x-invoke-path": "/dashboard", "x-invoke-output": "/dashboard" },
    { host, "x-matched-path": "/dashboard", "x-now-route-matches": "1" },
  ];
  for (const headers of variants) {
    const sent = JSON.stringify(headers);
    const gated = await rawRequest(target.addresses[0], { path: "/dashboard", headers });
    demand(gated.status < 500, `/dashboard with ${sent} answers ${gated.status}`);
    demand(gated.status !== 200, `/dashboard with ${sent} is shown to a stranger`);
    const { location } = gated.headers;
    const isHome = location === undefined || new URL(location, target.origin).origin === target.origin;
    demand(isHome, `/dashboard with ${sent} leads to ${location}`);
    const open = await rawRequest(target.addresses[0], { path: "/sign-in", headers });
    demand(!open.text.includes(EVIL), `/sign-in with ${sent} holds the address that was sent along`);
    demand(!/Signed in as|Sign out/.test(open.text), `/sign-in with ${sent} is another page`);
  }
}

/** A75: nobody is led elsewhere by a path to come back to. */
async function openRedirects(target: Target): Promise<void> {
  for (const url of ELSEWHERE) {
    const encoded = encodeURIComponent(url);
    const variants = [
      ...["callbackUrl", "next", "return_to"].map((name) => ({ path: `/sign-in?${name}=${encoded}` })),
      { path: `/api/auth/signin?callbackUrl=${encoded}` },
      { path: `/api/auth/signout?callbackUrl=${encoded}` },
      { path: "/api/auth/signin", headers: { cookie: `authjs.callback-url=${encoded}` } },
      { path: `/second-factor?callbackUrl=${encoded}` },
    ];
    for (const variant of variants) {
      const answer = await rawRequest(target.addresses[0], variant);
      const { location } = answer.headers;
      demand(answer.status < 500, `${variant.path} answers ${answer.status}`);
      demand(location === undefined || isHome(target, location), `${variant.path} leads to ${location}`);
      demand(!/href="(?:javascript:|data:|(?:https?:)?\/\/evil)/i.test(answer.text), `${variant.path} links elsewhere`);
    }
  }
}

const isHome = (target: Target, location: string) => new URL(location, target.origin).origin === target.origin;

/** A77: over http there is nothing but the way to https. */
async function plainHttp(target: Target): Promise<void> {
  const { hostname } = new URL(target.origin);
  const page = await rawRequest(`http://${hostname}`, { path: "/sign-in" });
  demand(page.status === 308 || page.status === 301, `http://${hostname}/sign-in answers ${page.status}`);
  demand(/^https:/.test(page.headers.location ?? ""), `http leads to ${page.headers.location}`);
}

export const redirectAttacks = [
  attack("A74", "Next.js advisories", "Headers of proxies that nobody trusts", hostHeaders),
  attack("A75", "ASVS 3.7.2", "Ways back that lead elsewhere", openRedirects),
  fromInside("A76", "ASVS 3.7.2", "Ways back through the page's own scripts", "tests/browser/password-journey.test.ts"),
  attack("A77", "ASVS 4.1.2", "Plain http", plainHttp, { needs: ["https"] }),
];
