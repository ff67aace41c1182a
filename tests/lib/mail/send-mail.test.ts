import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { sendMail } from "@/lib/mail/send-mail";
import { type SmtpCatcher, startSmtpCatcher } from "./smtp-catcher";

const MAIL = {
  id: "0198c0de-0000-7000-8000-000000000001",
  to: "ada@victim.test",
  subject: "Confirm your e-mail address",
  text: "Hello,\n\nGrüße\n",
  html: "<p>Hello, Grüße</p>",
};

let smtp: SmtpCatcher;

beforeAll(async () => {
  smtp = await startSmtpCatcher();
  process.env["EMAIL_SERVER"] = `smtp://127.0.0.1:${smtp.port}`;
});
beforeEach(() => {
  smtp.caught.length = 0;
  smtp.refuseRecipientWith = null;
  smtp.refuseMessageWith = null;
});
afterAll(() => smtp.close());

describe("sendMail", () => {
  it("sends both versions to the one recipient, under an id that a resend repeats", async () => {
    expect(await sendMail(MAIL)).toEqual({ ok: true, value: null });
    expect(await sendMail(MAIL)).toEqual({ ok: true, value: null });

    expect(smtp.caught.map(({ recipients }) => recipients)).toEqual([["ada@victim.test"], ["ada@victim.test"]]);
    for (const { mail } of smtp.caught) {
      expect(mail.from?.text).toBe('"Latchkey" <no-reply@latchkey.example>');
      expect(mail.messageId).toBe("<0198c0de-0000-7000-8000-000000000001@localhost>");
      expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
      expect(mail.subject).toBe(MAIL.subject);
      expect(mail.text).toBe("Hello,\n\nGrüße\n");
      expect(mail.html).toContain("<p>Hello, Grüße</p>");
    }
  });

  it.each([
    ["a list", "ada@victim.test,eve@evil.test"],
    ["a line break and a header", "ada@victim.test\r\nBCC: eve@evil.test"],
    ["a display name that is an address", "ada@victim.test <eve@evil.test>"],
    ["a quoted local part", '"eve@evil.test"@victim.test'],
    ["a group", "ada@victim.test\r\ngroup: eve@evil.test;"],
  ])("mails nobody else when the address is %s (GHSA-5jpx-9hw9-2fx4)", async (_name, to) => {
    await sendMail({ ...MAIL, to });

    const recipients = smtp.caught.flatMap((caught) => caught.recipients);
    expect(recipients.filter((recipient) => recipient.endsWith("@evil.test"))).toEqual([]);
    for (const { mail } of smtp.caught) expect(mail.bcc).toBeUndefined();
  });

  it("keeps a subject in one header, whatever is in it", async () => {
    await sendMail({ ...MAIL, subject: "Hello\r\nBcc: eve@evil.test\r\n\r\nbody" });

    expect(smtp.caught.map(({ recipients }) => recipients)).toEqual([["ada@victim.test"]]);
    expect(smtp.caught[0]?.mail.bcc).toBeUndefined();
    expect(smtp.caught[0]?.mail.text).toBe(MAIL.text);
  });

  it.each([
    [550, "refused_for_good"],
    [553, "refused_for_good"],
    [450, "refused_for_now"],
  ] as const)("tells a recipient refused with %i", async (code, refusal) => {
    smtp.refuseRecipientWith = code;

    expect(await sendMail(MAIL)).toEqual({ ok: false, refusal });
  });

  it.each([
    [554, "refused_for_good"],
    [452, "refused_for_now"],
  ] as const)("tells a message refused with %i", async (code, refusal) => {
    smtp.refuseMessageWith = code;

    expect(await sendMail(MAIL)).toEqual({ ok: false, refusal });
  });
});

describe("sendMail to a server that is not well", () => {
  const sockets: Socket[] = [];
  const servers: Server[] = [];
  const serve = async (onConnection: (socket: Socket) => void) => {
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => undefined);
      onConnection(socket);
    });
    servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  };
  const sendTo = async (port: number) => {
    const { vi } = await import("vitest");
    vi.resetModules();
    process.env["EMAIL_SERVER"] = `smtp://127.0.0.1:${port}`;
    const fresh = await import("@/lib/mail/send-mail");
    return await fresh.sendMail(MAIL);
  };
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
  });

  it("says that nobody listens", async () => {
    expect(await sendTo(1)).toEqual({ ok: false, refusal: "server_unreachable" });
  });

  it("says that the connection was cut", async () => {
    const port = await serve((socket) => socket.destroy());

    expect(await sendTo(port)).toEqual({ ok: false, refusal: "server_unreachable" });
  });

  it("waits five seconds for a greeting, and no longer", async () => {
    const port = await serve(() => undefined);
    const startedAt = performance.now();

    expect(await sendTo(port)).toEqual({ ok: false, refusal: "server_timeout" });
    expect(performance.now() - startedAt).toBeLessThan(8_000);
  });

  it("keeps a mail whose sender the server refuses: the operator can mend that", async () => {
    const port = await serve((socket) => {
      socket.write("220 test\r\n");
      socket.on("data", (data) => {
        const line = data.toString();
        if (line.startsWith("EHLO")) socket.write("250 test\r\n");
        else if (line.startsWith("MAIL")) socket.write("550 sender refused\r\n");
        else socket.write("221 bye\r\n");
      });
    });

    expect(await sendTo(port)).toEqual({ ok: false, refusal: "refused_for_now" });
  });
});
