import { isIP } from "node:net";

import { isLoopback } from "@/lib/loopback";
import { defineCheck, type Finding, hint, problem } from "../check";
import type { Subject } from "../subject";

/** What can be told of AUTH_URL by itself. */
export const address = defineCheck({
  name: "Public address",
  needs: ["AUTH_URL"],
  run: ({ AUTH_URL, PORT }) => [...addressWithoutName(AUTH_URL), ...otherPort(AUTH_URL, PORT)],
});

function addressWithoutName(url: URL): Finding[] {
  if (isIP(url.hostname.replace(/^\[|\]$/g, "")) === 0) return [];
  const sentence = `AUTH_URL is the address ${url.hostname}: browsers make passkeys for names only.`;
  return [
    hint(sentence, isLoopback(url) ? `AUTH_URL=${url.protocol}//localhost:${url.port || "80"}` : "Give it a name"),
  ];
}

function otherPort(url: URL, port: number | undefined): Finding[] {
  const own = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  if (!isLoopback(url) || port === undefined || own === port) return [];
  const sentence = `AUTH_URL has port ${own}, but the server listens on ${port}.`;
  return [
    hint(sentence, `AUTH_URL=${url.protocol}//${url.hostname}:${port}, or PORT=${own}, unless a proxy stands between`),
  ];
}

/** Whether browsers, the instance and this configuration mean the same address. */
export const sameAddress = defineCheck({
  name: "Address in use",
  needs: ["instance"],
  run: ({ instance, AUTH_URL }, subject) => {
    const asked = instance.url.origin;
    if (subject.address?.given && asked !== instance.origin) return [otherAddress(asked, instance.origin)];
    if (AUTH_URL === undefined || AUTH_URL.origin === instance.origin) return [];
    return [otherConfiguration(instance.origin, AUTH_URL.origin, subject)];
  },
});

function otherAddress(asked: string, own: string): Finding {
  return problem(
    `Browsers use ${asked}, but the instance's AUTH_URL is ${own}: its cookies, links and redirects are for that.`,
    `AUTH_URL=${asked} and start it anew, or have browsers use ${own}`,
  );
}

function otherConfiguration(running: string, configured: string, { stage }: Subject): Finding {
  return problem(
    `The instance runs with AUTH_URL=${running}, but here AUTH_URL is ${configured}.`,
    stage === "configured" ? `Start it anew with AUTH_URL=${configured}` : `AUTH_URL=${running} npm run doctor`,
  );
}
