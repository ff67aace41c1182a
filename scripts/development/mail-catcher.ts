import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { type AddressObject, type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";

import { MAX_MESSAGE_BYTES, MAX_MESSAGES } from "@/features/dev-mailbox/policy";
import { removeMessagesBeyond } from "@/features/dev-mailbox/remove-messages";
import type { MailboxMessage } from "@/features/dev-mailbox/schema";
import { log } from "@/lib/log";

export type RunningMailCatcher = { readonly url: string; close(): Promise<void> };

const TEMPORARY_PREFIX = ".incoming-";
const MAX_HEADERS = 40;
const MAX_HEADER_CHARACTERS = 500;
const CLOSE_TIMEOUT_MS = 500;

/**
 * Starts an SMTP server on loopback that delivers nothing: every mail becomes a file in `directory`, where the
 * development mailbox shows it.
 *
 * @param options.directory - Created when it is missing, for its owner alone: mails hold sign-in links.
 * @param options.port - Any that is free, by default.
 */
export async function startMailCatcher(options: { directory: string; port?: number }): Promise<RunningMailCatcher> {
  const { directory } = options;
  await prepareDirectory(directory);
  const nextId = messageIds();
  const server = new SMTPServer({
    logger: false,
    banner: "Development mailbox",
    // Nothing leaves this machine, so there is nothing to encrypt and nobody to authenticate.
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: MAX_MESSAGE_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onData: (stream, session, callback) => {
      const envelopeTo = session.envelope.rcptTo.map(({ address }) => address);
      catchMail(directory, nextId(new Date()), envelopeTo, stream).then(
        (id) => callback(null, `Caught as ${id}`),
        (error: Error) => callback(error),
      );
    },
  });
  // A client that hangs up in the middle of a mail is its own concern.
  server.on("error", (error) => log.debug({ error }, "A mail connection ended early."));
  server.listen(options.port ?? 0, "127.0.0.1");
  // Rejects when the port is taken.
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function prepareDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const leftovers = (await readdir(directory)).filter((name) => name.startsWith(TEMPORARY_PREFIX));
  for (const name of leftovers) await rm(join(directory, name), { force: true });
}

/** Ids that grow with each mail, also within one millisecond and when the clock is set back. */
function messageIds(): (now: Date) => string {
  let lastMs = 0;
  return (now) => {
    lastMs = Math.max(now.getTime(), lastMs + 1);
    return `${lastMs}-${randomBytes(8).toString("hex")}`;
  };
}

async function catchMail(
  directory: string,
  id: string,
  envelopeTo: string[],
  stream: SMTPServerDataStream,
): Promise<string> {
  const source = await readAll(stream);
  const mail = await simpleParser(source, { skipTextToHtml: true });
  // The JSON comes last: once it is there, the mail is whole.
  await writeAtomically(directory, `${id}.eml`, source);
  await writeAtomically(directory, `${id}.json`, JSON.stringify(messageOf(mail, id, envelopeTo), null, 2));
  await removeMessagesBeyond(directory, MAX_MESSAGES);
  return id;
}

/** Reads to the end in any case, since only then can the refusal be answered, but keeps no more than the limit. */
async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes <= MAX_MESSAGE_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_MESSAGE_BYTES) {
    throw Object.assign(new Error("The development mailbox takes mails of up to 1 MB"), { responseCode: 552 });
  }
  return Buffer.concat(chunks);
}

async function writeAtomically(directory: string, name: string, content: string | Buffer): Promise<void> {
  const temporary = join(directory, `${TEMPORARY_PREFIX}${name}`);
  await writeFile(temporary, content, { mode: 0o600 });
  await rename(temporary, join(directory, name));
}

function messageOf(mail: ParsedMail, id: string, envelopeTo: string[]): MailboxMessage {
  return {
    id,
    receivedAt: new Date(Number(id.slice(0, id.indexOf("-")))).toISOString(),
    envelopeTo,
    from: addressText(mail.from),
    to: addressText(mail.to),
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html === false ? null : mail.html,
    headers: Object.fromEntries(
      mail.headerLines.slice(0, MAX_HEADERS).map(({ key, line }) => [
        key,
        line
          .slice(line.indexOf(":") + 1)
          .trim()
          .slice(0, MAX_HEADER_CHARACTERS),
      ]),
    ),
  };
}

function addressText(addresses: AddressObject | AddressObject[] | undefined): string {
  return [addresses ?? []]
    .flat()
    .map(({ text }) => text)
    .join(", ");
}
