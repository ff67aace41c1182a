import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createTransport } from "nodemailer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { listMessages } from "@/features/dev-mailbox/read-mailbox";
import { type RunningMailCatcher, startMailCatcher } from "@/scripts/development/mail-catcher";

let parent: string;
let directory: string;
let catcher: RunningMailCatcher;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "mail-catcher-"));
  directory = join(parent, "nested", "mailbox");
  catcher = await startMailCatcher({ directory });
});
afterEach(async () => {
  await catcher.close();
  await rm(parent, { recursive: true });
});

const MAIL = { from: "Latchkey <no-reply@latchkey.example>", to: "ada@example.com", subject: "Hello", text: "Hi Ada" };
const send = (mail: Parameters<ReturnType<typeof createTransport>["sendMail"]>[0]) =>
  createTransport(catcher.url).sendMail({ ...MAIL, ...mail });

describe("startMailCatcher", () => {
  it("keeps each mail that arrives over SMTP, newest first, text and HTML, beside its source", async () => {
    await send({
      subject: "Bestätige deine Adresse",
      text: "Öffne https://app.example/verify-email?token=abc",
      html: "<p>Grüße</p>",
    });
    await send({ to: { name: "Ada Lovelace", address: "ada@example.com" }, bcc: "hidden@example.com" });

    const [second, first, ...none] = await listMessages(directory);
    expect(none).toEqual([]);
    expect(first).toEqual({
      id: expect.stringMatching(/^\d{13}-[0-9a-f]{16}$/),
      receivedAt: new Date(Number(first?.id.slice(0, 13))).toISOString(),
      envelopeTo: ["ada@example.com"],
      from: '"Latchkey" <no-reply@latchkey.example>',
      to: "ada@example.com",
      subject: "Bestätige deine Adresse",
      text: "Öffne https://app.example/verify-email?token=abc",
      html: "<p>Grüße</p>",
      headers: expect.objectContaining({ "mime-version": "1.0", to: "ada@example.com" }),
    });
    expect(second).toMatchObject({
      envelopeTo: ["ada@example.com", "hidden@example.com"],
      to: '"Ada Lovelace" <ada@example.com>',
      text: "Hi Ada\n",
      html: null,
    });
    expect((await readdir(directory)).sort()).toEqual(
      [first, second].flatMap((mail) => [`${mail?.id}.eml`, `${mail?.id}.json`]),
    );
    expect(await readFile(join(directory, `${second?.id}.eml`), "utf8")).toContain("Subject: Hello");
  });

  it("lets only its owner into the folder and the files: mails hold sign-in links", async () => {
    await send({});
    const modes = [directory, ...(await readdir(directory)).map((name) => join(directory, name))].map(
      async (path) => (await stat(path)).mode & 0o077,
    );
    expect(await Promise.all(modes)).toEqual([0, 0, 0]);
  });

  it("gives mails that arrive at once different, growing ids", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => send({ subject: `Mail ${index}` })));
    const ids = (await listMessages(directory)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(20);
  });

  it("keeps the newest 500 and removes the oldest with its source", async () => {
    const old = (index: number) => `${1_700_000_000_000 + index}-${"0".repeat(16)}`;
    for (let index = 0; index < 500; index += 1) {
      await writeFile(join(directory, `${old(index)}.json`), "{}");
      await writeFile(join(directory, `${old(index)}.eml`), "");
    }
    await writeFile(join(directory, "notes.txt"), "not ours");
    await send({});
    const names = await readdir(directory);
    expect(names).toHaveLength(500 * 2 + 1);
    expect(names).toContain("notes.txt");
    expect(names).not.toContain(`${old(0)}.json`);
    expect(names).not.toContain(`${old(0)}.eml`);
    expect(names).toContain(`${old(1)}.json`);
  });

  it("refuses a mail above 1 MB, announced or not, keeps nothing of it, and goes on", async () => {
    const refusal = send({ text: "x".repeat(1_100_000) });
    await expect(refusal).rejects.toMatchObject({ responseCode: 552 });
    expect(await readdir(directory)).toEqual([]);
    await send({});
    expect(await listMessages(directory)).toHaveLength(1);
  });

  it("takes a mail without subject, recipient header or text", async () => {
    const raw = "From: someone@example.com\r\n\r\n";
    await createTransport(catcher.url).sendMail({ envelope: { from: "a@example.com", to: "b@example.com" }, raw });
    expect(await listMessages(directory)).toMatchObject([
      { envelopeTo: ["b@example.com"], to: "", subject: "", text: "", html: null },
    ]);
  });

  it("removes what an unclean end left half-written", async () => {
    await writeFile(join(directory, ".incoming-1.json"), "{");
    await catcher.close();
    catcher = await startMailCatcher({ directory });
    expect(await readdir(directory)).toEqual([]);
  });

  it("says so when its port is taken", async () => {
    const port = Number(new URL(catcher.url).port);
    await expect(startMailCatcher({ directory, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
