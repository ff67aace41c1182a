import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

import { startTcpProxy } from "./tcp-proxy";

/** How the mail server behaves towards new connections. */
export type SmtpWeather =
  | "fine"
  /** Nobody listens. */
  | "refused"
  /** 451 to each mail: not now. */
  | "try later"
  /** Takes the connection, and says nothing. */
  | "silent"
  /** Takes the mail, and never says so. */
  | "takes without a word"
  /** Offers TLS with a certificate that nobody vouches for. */
  | "wrong certificate";

/** A mail server in bad weather. */
export interface FaultySmtp {
  readonly url: string;
  set(weather: SmtpWeather): void;
  /** What it has taken, in order. */
  readonly taken: readonly ParsedMail[];
  takenFor(address: string): ParsedMail[];
  close(): Promise<void>;
}

/** Starts one on a port that stays the same whatever it does. */
export async function startFaultySmtp(): Promise<FaultySmtp> {
  let weather: SmtpWeather = "fine";
  const taken: ParsedMail[] = [];
  const newServer = async (disabledCommands: string[]) => {
    const server = new SMTPServer({
      ...{ logger: false, disableReverseLookup: true, closeTimeout: 100, authOptional: true, disabledCommands },
      onConnect: (_session, callback) => {
        if (weather !== "silent") callback();
      },
      onData: (stream, _session, callback) => {
        simpleParser(stream, { skipTextToHtml: true }).then((mail) => {
          if (weather === "try later") {
            callback(Object.assign(new Error("Try again later"), { responseCode: 451 }));
            return;
          }
          taken.push(mail);
          if (weather !== "takes without a word") callback(null, "Taken");
        }, callback);
      },
    });
    server.on("error", () => undefined);
    server.listen(0, "127.0.0.1");
    await once(server.server, "listening");
    return server;
  };
  const plain = await newServer(["AUTH", "STARTTLS"]);
  // Its certificate is the package's own, for "localhost" and signed by itself.
  const encrypted = await newServer(["AUTH"]);
  const portOf = (server: SMTPServer) => (server.server.address() as AddressInfo).port;
  const network = await startTcpProxy(portOf(plain));
  const close = (server: SMTPServer) => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    url: `smtp://127.0.0.1:${network.port}`,
    set: (next) => {
      weather = next;
      network.reset();
      network.accept(next !== "refused");
      network.leadTo(portOf(next === "wrong certificate" ? encrypted : plain));
    },
    taken,
    takenFor: (address) => taken.filter(({ to }) => [to ?? []].flat().some(({ text }) => text.includes(address))),
    close: async () => {
      await network.close();
      await Promise.all([plain, encrypted].map(close));
    },
  };
}
