import { defineCheck, type Finding, hint, problem } from "../check";
import type { Instance, Sight } from "../instance";
import type { Subject } from "../subject";

/** What is wrong with a certificate, by OpenSSL's and Node's codes. */
const CERTIFICATES: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  CERT_HAS_EXPIRED: ["has expired", "Renew it, and have that happen by itself from now on"],
  CERT_NOT_YET_VALID: ["is not valid yet", "Set the clock of this machine, or of the one that made the certificate"],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    "is signed by nobody but itself",
    "Use one of a public authority, such as Let's Encrypt; for one of your own: NODE_EXTRA_CA_CERTS=ca.pem npm run doctor",
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    "comes without the ones between it and its authority",
    "Have the proxy send the whole chain (fullchain.pem)",
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: ["is for another name", "Get one for the host in AUTH_URL"],
};
const SELF_SIGNED_CHAIN = "SELF_SIGNED_CERT_IN_CHAIN";

/** Who answers at the address, and whether it can serve. */
export const running = defineCheck({
  name: "Running instance",
  needs: ["sight"],
  run: async ({ sight }, subject) =>
    sight.kind === "instance" ? await unreadiness(sight.instance) : [describeAbsence(sight, subject)],
});

function describeAbsence(sight: Exclude<Sight, { kind: "instance" }>, { address, stage }: Subject): Finding {
  const origin = address?.url.origin ?? "";
  if (sight.kind === "elsewhere") {
    return problem(
      `${origin} leads browsers on to ${sight.location.origin}.`,
      `Have AUTH_URL name the address that they end at: AUTH_URL=${sight.location.origin}`,
    );
  }
  if (sight.kind === "stranger") {
    const sentence = `What answers at ${origin} (with status ${sight.status}) is not Latchkey's server.`;
    return problem(sentence, "Start this with npm run serve, lead the proxy to it, or correct AUTH_URL");
  }
  return describeSilence(origin, sight.code, address?.given === true, stage);
}

function describeSilence(origin: string, code: string, given: boolean, stage: Subject["stage"]): Finding {
  const [what, fix] = CERTIFICATES[code === SELF_SIGNED_CHAIN ? "DEPTH_ZERO_SELF_SIGNED_CERT" : code] ?? [];
  if (what && fix) return problem(`The certificate of ${origin} ${what}.`, fix);
  const start = stage === "configured" ? "npm run build, then npm run serve" : "npm start";
  // Before a deployment nothing runs yet, which is in order.
  const say = given ? problem : hint;
  return say(`Nothing answers at ${origin} (${code}).`, `${start}, or name the right address: npm run doctor -- URL`);
}

const FIX_OF_PART: Readonly<Record<string, string>> = {
  database: "Start its database, or correct the instance's DATABASE_URL",
  schema: "npm run migrate, with the instance's DATABASE_URL",
};

async function unreadiness({ url, get }: Instance): Promise<Finding[]> {
  const { status, body } = await get("/readyz");
  if (status !== 503) return [];
  const missing = /"missing":\["([a-z]+)"/.exec(body)?.[1] ?? "something";
  const sentence = `The instance at ${url.origin} runs, but can't serve: it misses its ${missing}.`;
  return [problem(sentence, FIX_OF_PART[missing] ?? "Look into its log")];
}
