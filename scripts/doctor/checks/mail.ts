import { randomUUID } from "node:crypto";

import { isLoopback } from "@/lib/loopback";
import { type MailRefusal, sendMail, tryMailServer } from "@/lib/mail/send-mail";
import { defineCheck, type Finding, hint, problem } from "../check";

const WHAT_AND_FIX: Readonly<Record<MailRefusal, readonly [what: string, fix: string]>> = {
  server_unreachable: [
    "can't be reached",
    "Correct host and port in EMAIL_SERVER: smtps: is for port 465, smtp: for 587; many hosters block 25",
  ],
  server_timeout: [
    "does not answer in time",
    "Correct the port in EMAIL_SERVER, or let this machine through the firewall",
  ],
  sign_in_refused: ["refuses user and password", "Correct them in EMAIL_SERVER; write @ : / in them as %40 %3A %2F"],
  encryption_unavailable: [
    "offers no encryption, and the password would go in the clear",
    "Use smtps:// and its port, such as EMAIL_SERVER=smtps://user:password@mail.example.com:465",
  ],
  refused_for_now: ["refuses to take mails from here", "Correct EMAIL_FROM: the server has to let this sender send"],
  refused_for_good: ["refuses the recipient", "Choose another address for the test mail"],
};

/** Domains that exist in examples only: RFC 2606 and RFC 6761. */
const NOBODYS = ["example", "example.com", "example.net", "example.org", "localhost", "test", "invalid"];

/** Whether the mail server lets us in, and whether a test mail gets away, where one was asked for. */
export const mail = defineCheck({
  name: "Mail",
  needs: ["EMAIL_SERVER"],
  run: async (settings, { testMailTo }) => {
    const { EMAIL_SERVER, EMAIL_FROM, AUTH_URL } = settings;
    const entered = await tryMailServer(EMAIL_SERVER);
    if (!entered.ok) return [describe(entered.refusal)];
    const sender = EMAIL_FROM && !isLoopback(EMAIL_SERVER) ? inventedSender(EMAIL_FROM) : [];
    if (testMailTo === null) return sender;
    if (!EMAIL_FROM || !AUTH_URL) return [problem("Without EMAIL_FROM and AUTH_URL no test mail is sent.", "Set both")];
    const sent = await sendMail(testMail(testMailTo, AUTH_URL), { EMAIL_SERVER, EMAIL_FROM, AUTH_URL });
    if (!sent.ok) return [...sender, describe(sent.refusal)];
    const taken = `The mail server took the test mail to ${testMailTo} over.`;
    return [
      ...sender,
      hint(taken, "If it does not arrive, look into its spam folder, and at SPF and DKIM of the sender's domain"),
    ];
  },
});

function describe(refusal: MailRefusal): Finding {
  const [what, fix] = WHAT_AND_FIX[refusal];
  return problem(`The mail server of EMAIL_SERVER ${what}.`, fix);
}

function inventedSender(sender: string): Finding[] {
  const domain = sender.replace(/>$/, "").split("@").at(-1) ?? "";
  if (!NOBODYS.some((reserved) => domain === reserved || domain.endsWith(`.${reserved}`))) return [];
  const sentence = `Mails come from ${sender}, which is nobody's domain: receivers throw them away.`;
  return [problem(sentence, "Set EMAIL_FROM to an address of a domain of yours")];
}

function testMail(to: string, site: URL) {
  const text = `This is the test mail that \`npm run doctor\` was asked for. Mails of ${site.host} arrive.`;
  return {
    id: randomUUID(),
    to,
    subject: `Test mail of ${site.host}`,
    text,
    html: `<p>${text.replaceAll("`", "")}</p>`,
  };
}
