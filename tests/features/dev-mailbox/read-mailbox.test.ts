import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { findMessage, listMessageIds, listMessages } from "@/features/dev-mailbox/read-mailbox";
import { emptyMailbox, removeMessagesBeyond } from "@/features/dev-mailbox/remove-messages";
import type { MailboxMessage } from "@/features/dev-mailbox/schema";

const FIRST = "1764000000000-00000000000000aa";
const SECOND = "1764000000001-00000000000000bb";

let parent: string;
let directory: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "mailbox-"));
  directory = join(parent, "mailbox");
  await mkdir(directory);
});
afterEach(() => rm(parent, { recursive: true }));

const message = (id: string, recipient = "ada@example.com"): MailboxMessage => ({
  id,
  receivedAt: "2025-11-24T16:00:00.000Z",
  envelopeTo: [recipient],
  from: "no-reply@latchkey.example",
  to: recipient,
  subject: "Hello",
  text: "Hi",
  html: null,
  headers: {},
});
const store = (name: string, content: string) => writeFile(join(directory, name), content);
const storeMessage = (stored: MailboxMessage) => store(`${stored.id}.json`, JSON.stringify(stored));

describe("listMessages", () => {
  it("lists the newest first", async () => {
    await storeMessage(message(FIRST));
    await storeMessage(message(SECOND));
    expect(await listMessages(directory)).toEqual([message(SECOND), message(FIRST)]);
  });

  it("passes over half-written, foreign and mislabelled files", async () => {
    await storeMessage(message(FIRST));
    await store(`${SECOND}.json`, '{"id":');
    await store("1764000000002-00000000000000cc.json", '{"id":"1764000000002-00000000000000cc"}');
    await store("1764000000003-00000000000000dd.json", JSON.stringify(message(FIRST)));
    await store("package.json", "{}");
    await store(`.incoming-${SECOND}.json`, JSON.stringify(message(SECOND)));
    await mkdir(join(directory, "1764000000004-00000000000000ee.json"));
    expect(await listMessages(directory)).toEqual([message(FIRST)]);
  });

  it("keeps the mails for one address, in whatever capitals, and no longer one that contains it", async () => {
    await storeMessage(message(FIRST, "Ada@Example.com"));
    await storeMessage(message(SECOND, "not-ada@example.com"));
    expect((await listMessages(directory, " ada@example.COM ")).map(({ id }) => id)).toEqual([FIRST]);
    expect(await listMessages(directory, "")).toEqual([]);
  });

  it("finds no mails in a folder that is not there", async () => {
    expect(await listMessages(join(parent, "missing"))).toEqual([]);
  });
});

describe("findMessage", () => {
  it("finds a mail by its id", async () => {
    await storeMessage(message(FIRST));
    expect(await findMessage(directory, FIRST)).toEqual(message(FIRST));
    expect(await findMessage(directory, SECOND)).toBeNull();
  });

  it.each([
    "../secret",
    `../mailbox/${FIRST}`,
    `${FIRST}/../${FIRST}`,
    `${FIRST}\0`,
    `${FIRST}\n`,
    `..%2F${FIRST}`,
    "/etc/passwd",
    "",
  ])("never leaves the folder for the id %j", async (id) => {
    await storeMessage(message(FIRST));
    await writeFile(join(parent, "secret.json"), JSON.stringify({ ...message(FIRST), id: "../secret" }));
    expect(await findMessage(directory, id)).toBeNull();
  });
});

describe("removeMessagesBeyond", () => {
  it.each([
    { keep: 2, left: [FIRST, SECOND] },
    { keep: 1, left: [SECOND] },
    { keep: 0, left: [] },
    { keep: 3, left: [FIRST, SECOND] },
  ])("keeps the newest $keep of two", async ({ keep, left }) => {
    await storeMessage(message(FIRST));
    await storeMessage(message(SECOND));
    await removeMessagesBeyond(directory, keep);
    expect(await listMessageIds(directory)).toEqual(left);
  });
});

describe("emptyMailbox", () => {
  it("removes every mail, also one that can't be read, and nothing else", async () => {
    await storeMessage(message(FIRST));
    await store(`${SECOND}.json`, "{");
    await store("notes.json", "{}");
    await emptyMailbox(directory);
    expect(await listMessageIds(directory)).toEqual([]);
    await expect(writeFile(join(directory, "notes.json"), "", { flag: "wx" })).rejects.toMatchObject({
      code: "EEXIST",
    });
  });
});
