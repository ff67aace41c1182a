import { setTimeout as sleep } from "node:timers/promises";

/** A mail as the development mailbox shows it. */
export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly links: readonly string[];
}

/** A mailbox that the kit can read. */
export interface Mailbox {
  /** All mails whose envelope names this address, newest first. */
  to(address: string): Promise<readonly Mail[]>;
  /** The newest mail with a link to this path, waited for. */
  linkTo(address: string, path: string, known?: readonly string[]): Promise<{ mail: Mail; token: string }>;
}

const PATH = "/dev/mailbox/messages";
const POLL_MS = 150;
const WAIT_MS = 20_000;

/** The target's development mailbox; null where there is none. */
export async function findMailbox(address: string): Promise<Mailbox | null> {
  const read = async (to: string): Promise<readonly Mail[] | null> => {
    const response = await fetch(`${address}${PATH}?to=${encodeURIComponent(to)}`);
    if (response.status !== 200) return null;
    return ((await response.json()) as { messages: Mail[] }).messages;
  };
  if ((await read("nobody@attack.test").catch(() => null)) === null) return null;
  const to = async (recipient: string) => (await read(recipient)) ?? [];
  return { to, linkTo: (recipient, path, known = []) => waitForLink(() => to(recipient), path, known) };
}

async function waitForLink(read: () => Promise<readonly Mail[]>, path: string, known: readonly string[]) {
  const deadlineMs = Date.now() + WAIT_MS;
  while (Date.now() < deadlineMs) {
    for (const mail of await read()) {
      const link = mail.links.find((candidate) => new URL(candidate).pathname === path);
      const token = link && new URL(link).searchParams.get("token");
      if (token && !known.includes(token)) return { mail, token };
    }
    await sleep(POLL_MS);
  }
  throw new Error(`no mail with a link to ${path} came within ${WAIT_MS / 1000} s`);
}
