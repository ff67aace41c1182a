import * as z from "zod";

import { doctorCredentials } from "@/lib/doctor-proof";
import { isLoopback } from "@/lib/loopback";
import { defineCheck, type Finding, problem } from "../check";
import type { Instance } from "../instance";

const HealthSchema = z.object({ request: z.object({ hops: z.number(), trustedProxies: z.number() }) });
type Arrived = z.output<typeof HealthSchema>["request"];

const PASS_FOR = "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;";
const PASS_PROTO = "proxy_set_header X-Forwarded-Proto $scheme;";

/** Whether what proxies in front say arrives, and as much of it is believed as they say. */
export const proxy = defineCheck({
  name: "Proxy headers",
  needs: ["instance", "AUTH_SECRET"],
  run: async ({ instance, AUTH_SECRET: [secret = ""] }) => {
    if (await leadsInCircles(instance)) return [circle(instance)];
    // By the instance's own clock: whether that is right, another check tells.
    const at = new Date(instance.health.headers.get("date") ?? Date.now());
    const answer = await instance.get("/healthz", { authorization: doctorCredentials(secret, at) });
    const arrived = HealthSchema.safeParse(parseJson(answer.body));
    if (arrived.success) return judge(arrived.data.request, instance.url);
    return [stranger(instance)];
  },
});

/** The server leads from http to https as soon as a proxy says that a request came by http. */
async function leadsInCircles({ url, get }: Instance): Promise<boolean> {
  const { status, headers } = await get("/sign-in");
  const location = headers.get("location");
  return status === 308 && location !== null && location === new URL("/sign-in", url).href;
}

function circle({ url }: Instance): Finding {
  return {
    ...problem(
      `${url.origin} leads browsers in a circle: the proxy says http of requests that came over https.`,
      "Have the proxy that ends TLS say the scheme; for nginx:",
    ),
    paste: [PASS_PROTO],
  };
}

function stranger({ url }: Instance): Finding {
  return problem(
    `The instance at ${url.origin} has another AUTH_SECRET than this configuration, or is another version.`,
    "Examine it with its own environment; instances of one site need the same AUTH_SECRET",
  );
}

function judge({ hops: proxies, trustedProxies }: Arrived, url: URL): Finding[] {
  // It speaks http itself, so that https has a proxy in front.
  const hidden = proxies === 0 && url.protocol === "https:" && !isLoopback(url);
  if (hidden || proxies < trustedProxies) return [notPassedOn(proxies, trustedProxies)];
  if (proxies === trustedProxies) return [];
  const counted = trustedProxies === 0 ? "the last proxy" : "one of the proxies";
  return [
    problem(
      `X-Forwarded-For arrives with ${count(proxies)}, but TRUSTED_PROXIES is ${trustedProxies}: everybody counts as ${counted}, and shares its rate limits.`,
      `TRUSTED_PROXIES=${proxies}`,
    ),
  ];
}

function notPassedOn(proxies: number, trusted: number): Finding {
  const arrives = proxies === 0 ? "no X-Forwarded-For arrives" : `X-Forwarded-For arrives with ${count(proxies)} only`;
  return {
    ...problem(
      `TRUSTED_PROXIES is ${trusted}, but ${arrives}: everybody counts as the proxy, and shares its rate limits.`,
      `Have each proxy append to X-Forwarded-For, and TRUSTED_PROXIES be their number; for nginx:`,
    ),
    paste: [PASS_FOR],
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const count = (proxies: number) => (proxies === 1 ? "1 address" : `${proxies} addresses`);
