import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A mail as the server got it: who it was for on the envelope, and what it said. */
export interface CaughtMail {
  readonly recipients: string[];
  readonly source: string;
  readonly mail: ParsedMail;
}

/** An SMTP server for one test file, which keeps what it is given. */
export interface SmtpCatcher {
  readonly port: number;
  readonly caught: CaughtMail[];
  /** Set to refuse each recipient, or each message, with this reply code. */
  refuseRecipientWith: number | null;
  refuseMessageWith: number | null;
  close(): Promise<void>;
}

const refusal = (code: number | null) =>
  code === null ? null : Object.assign(new Error("Refused by the test"), { responseCode: code });

/** Starts one on loopback, on any free port unless told. */
export async function startSmtpCatcher(port = 0): Promise<SmtpCatcher> {
  const server = new SMTPServer({
    logger: false,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 100,
    onRcptTo: (_address, _session, callback) => callback(refusal(catcher.refuseRecipientWith)),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const refused = refusal(catcher.refuseMessageWith);
        if (refused) return callback(refused);
        const source = Buffer.concat(chunks).toString("utf8");
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        void simpleParser(source).then((mail) => {
          catcher.caught.push({ recipients, source, mail });
          callback(null);
        });
      });
    },
  });
  server.on("error", () => undefined);
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  const catcher: SmtpCatcher = {
    port: (server.server.address() as AddressInfo).port,
    caught: [],
    refuseRecipientWith: null,
    refuseMessageWith: null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return catcher;
}
