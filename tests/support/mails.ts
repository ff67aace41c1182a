import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { MailboxMessage } from "@/features/dev-mailbox/schema";

const POLL_MS = 50;
const WAIT_MS = 15_000;
const NEW_DEVICE = "Your account was signed in to on a new device";

/** What the mail catcher caught. */
export interface Mails {
  /** All so far, oldest first. */
  all(): MailboxMessage[];
  /** All so far whose envelope names exactly this address. */
  to(address: string): MailboxMessage[];
  /**
   * The next mail to this address that no earlier call returned, waited for. News of a sign-in on a new device is passed over
   * unless it is asked for: tests sign in from many.
   */
  next(address: string, options?: { newDevice: true }): Promise<MailboxMessage>;
}

/** Reads the mails that the catcher stores in `directory`. */
export function mailsIn(directory: string): Mails {
  const returned = new Set<string>();
  const all = () => {
    const names = existsSync(directory) ? readdirSync(directory).filter((name) => /^[^.].*\.json$/.test(name)) : [];
    return names.sort().map((name) => JSON.parse(readFileSync(join(directory, name), "utf8")) as MailboxMessage);
  };
  const to = (address: string) => all().filter(({ envelopeTo }) => envelopeTo.includes(address));
  const next = async (address: string, { newDevice }: { newDevice: boolean } = { newDevice: false }) => {
    const deadline = Date.now() + WAIT_MS;
    while (Date.now() < deadline) {
      const found = to(address).find(({ id, subject }) => !returned.has(id) && (subject === NEW_DEVICE) === newDevice);
      if (found) {
        returned.add(found.id);
        return found;
      }
      await sleep(POLL_MS);
    }
    throw new Error(`No mail to ${address} came within ${WAIT_MS / 1000} s.`);
  };
  return { all, to, next };
}

/** The token in a mail's link to `path`. */
export function tokenIn(mail: MailboxMessage, path: string): string {
  const token = new RegExp(`${path}\\?token=([A-Za-z0-9_-]+)`).exec(mail.text)?.[1];
  if (!token) throw new Error(`The mail "${mail.subject}" has no link to ${path}.`);
  return token;
}
