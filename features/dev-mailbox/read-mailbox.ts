import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { MAX_MESSAGES } from "./policy";
import { type MailboxMessage, MailboxMessageSchema, MESSAGE_ID_PATTERN } from "./schema";

/**
 * The mails in the folder, newest first.
 *
 * Files that are no mail, are half-written or were removed meanwhile are passed over: one odd file must not hide
 * the others.
 *
 * @param directory - A folder that is not there is an empty mailbox.
 * @param to - Only mails for this address, in whatever capitals.
 */
export async function listMessages(directory: string, to?: string): Promise<MailboxMessage[]> {
  const ids = await listMessageIds(directory);
  const messages: MailboxMessage[] = [];
  for (const id of ids.reverse().slice(0, MAX_MESSAGES)) {
    const message = await findMessage(directory, id);
    if (message && (to === undefined || isFor(message, to))) messages.push(message);
  }
  return messages;
}

/**
 * One mail.
 *
 * @param id - Untrusted. Only the shape that the mailbox gives out is ever made part of a path, so `../` finds nothing.
 * @returns Null when there is no such mail, or its file can't be read as one.
 */
export async function findMessage(directory: string, id: string): Promise<MailboxMessage | null> {
  if (!MESSAGE_ID_PATTERN.test(id)) return null;
  try {
    const content: unknown = JSON.parse(await readFile(join(directory, `${id}.json`), "utf8"));
    const parsed = MailboxMessageSchema.safeParse(content);
    return parsed.success && parsed.data.id === id ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || isFileSystemError(error)) return null;
    throw error;
  }
}

/** The ids in the folder, oldest first. */
export async function listMessageIds(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (isFileSystemError(error) && error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .filter((id) => MESSAGE_ID_PATTERN.test(id))
    .sort();
}

function isFor(message: MailboxMessage, address: string): boolean {
  const wanted = address.trim().toLowerCase();
  return message.envelopeTo.some((recipient) => recipient.toLowerCase() === wanted);
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
