import { setTimeout as sleep } from "node:timers/promises";

import { attack } from "../attack";
import { demand, demandStatus, requireStep } from "../demand";
import { mailboxOf, newAddress, newPassword, newPerson } from "../person";
import { rawRequest } from "../raw-request";
import type { Target } from "../target";

/** A mail that is wrongly on its way would have come by then. */
const ARRIVES_MS = 1_500;

/** A33: an address that mail software reads as another one, or as several. */
async function treacherousAddresses(target: Target): Promise<void> {
  const evil = newAddress("evil");
  const victim = newAddress("victim");
  const addresses = [
    `"${evil}"@attack.test`,
    `${evil}＠attack.test`,
    `${evil}﹫attack.test`,
    `${victim},${evil}`,
    `${victim}\r\nBCC: ${evil}`,
    `<${evil}> ${victim}`,
    `${victim} <${evil}>`,
    `${victim};${evil}`,
    `group:${evil};`,
    `${victim}(${evil})`,
    `${"a".repeat(320)}@attack.test`,
    `a b@attack.test`,
    "a@[127.0.0.1]",
  ];
  for (const email of addresses) {
    for (const [path, json] of [
      ["/api/sign-up", { email, password: newPassword() }],
      ["/api/password/forgot", { email }],
      ["/api/verify-email/resend", { email }],
    ] as const) {
      demandStatus(await target.client().post(path, json), 422, `${path} with the address ${JSON.stringify(email)}`);
    }
  }
  if (!target.mailbox) return;
  await sleep(ARRIVES_MS);
  demand((await target.mailbox.to(evil)).length === 0, "a mail went to the address that was smuggled in");
}

/** A34: a name that would write lines of the mail, or its markup. */
async function treacherousNames(target: Target): Promise<void> {
  const mailbox = mailboxOf(target);
  const evil = newAddress("evil");
  for (const name of [`A\r\nBcc: ${evil}`, `A\nBcc: ${evil}`, "A".repeat(10_000), "A\u0000B"]) {
    const json = { email: newAddress(), password: newPassword(), name };
    demandStatus(
      await target.client().post("/api/sign-up", json),
      422,
      `the name ${JSON.stringify(name.slice(0, 40))}`,
    );
  }
  for (const name of [`A%0d%0aBcc: ${evil}`, "<img src=https://evil.test/x>", '"><svg onload=alert(1)>']) {
    const email = newAddress();
    const response = await target.client().post("/api/sign-up", { email, password: newPassword(), name });
    if (response.status === 422) continue;
    requireStep(response, 202, "sign-up");
    const { mail } = await mailbox.linkTo(email, "/verify-email");
    demand(mail.to.includes(email) && !mail.to.includes(","), `the mail is addressed to ${mail.to}`);
    demand(!/<(?:img|svg)[^>]*(?:evil\.test|onload)/i.test(mail.html ?? ""), "the name is markup in the mail");
  }
  demand((await mailbox.to(evil)).length === 0, "a mail went to the address that a name smuggled in");
}

/** A35: the links in mails lead to the configured address, whatever host the request named. */
async function poisonedLinks(target: Target): Promise<void> {
  const mailbox = mailboxOf(target);
  const { email } = await newPerson(target);
  const { host } = new URL(target.origin);
  const poisons: readonly Record<string, string>[] = [
    { host: "evil.test" },
    { host, "x-forwarded-host": "evil.test" },
    { host, "x-forwarded-proto": "gopher" },
    { host, forwarded: "host=evil.test;proto=https" },
    { host, "x-original-host": "evil.test", "x-host": "evil.test" },
  ];
  const body = JSON.stringify({ email });
  await Promise.all(
    [...poisons, { host }].map((headers) =>
      rawRequest(target.addresses[0], {
        ...{ method: "POST", path: "/api/password/forgot", body },
        headers: { ...headers, "content-type": "application/json", "content-length": String(body.length) },
      }),
    ),
  );
  await mailbox.linkTo(email, "/reset-password");
  await sleep(ARRIVES_MS);
  for (const mail of await mailbox.to(email)) {
    const foreign = mail.links.find((link) => new URL(link).origin !== target.origin);
    demand(foreign === undefined, `a mail links to ${foreign}`);
    demand(!mail.text.includes("evil.test"), "a mail speaks of the host that the request named");
  }
}

export const mailAttacks = [
  attack("A33", "GHSA-5jpx, GHSA-7rqj", "Addresses that are more than one", treacherousAddresses),
  attack("A34", "ASVS 1.3.11", "Names that write the mail", treacherousNames, { needs: ["mailbox"] }),
  attack("A35", "better-auth, OWASP, GHSA-pgx2", "Links to another host", poisonedLinks, { needs: ["mailbox"] }),
];
