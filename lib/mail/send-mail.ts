import type { Transporter } from "nodemailer";

import { type Environment, env } from "@/lib/env/env";
import { isLoopback } from "@/lib/loopback";
import { ok, type Result, refuse } from "@/lib/result";

const CONNECTION_TIMEOUT_MS = 5_000;
const GREETING_TIMEOUT_MS = 5_000;
const SOCKET_TIMEOUT_MS = 10_000;

/** A mail to one recipient. */
export interface Mail {
  /** Unique to the mail, and the same for each attempt to send it. */
  readonly id: string;
  /** Exactly one mailbox. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Why a mail was not sent. Only `refused_for_good` means that the same mail would be refused again; an answer to our
 * credentials or to our sender is for the operator to mend, and the mail can wait.
 */
export type MailRefusal =
  | "server_unreachable"
  | "server_timeout"
  | "sign_in_refused"
  | "encryption_unavailable"
  | "refused_for_now"
  | "refused_for_good";

/** From where and over what mails go. */
export type MailSettings = Pick<Environment, "EMAIL_SERVER" | "EMAIL_FROM" | "AUTH_URL">;

/**
 * Sends one mail over `EMAIL_SERVER`, from `EMAIL_FROM`.
 *
 * The Message-ID is derived from `id`: where a mail has to be sent twice because the first answer was lost, mailboxes can
 * see that it is one mail.
 *
 * @param settings - Those of this process.
 * @returns Nothing once the server has taken the mail over, or why it has not.
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1 for which replies are final
 */
export function sendMail(mail: Mail, settings: MailSettings = env()): Promise<Result<null, MailRefusal>> {
  return overTransport(settings.EMAIL_SERVER, (transport) =>
    transport.sendMail({
      from: settings.EMAIL_FROM,
      // As an object: a plain string would be parsed as a list, and one of its entries can be somebody else's.
      to: { name: "", address: mail.to },
      messageId: `<${mail.id}@${settings.AUTH_URL.hostname}>`,
      // Vacation notices must not answer, RFC 3834 section 5.
      headers: { "Auto-Submitted": "auto-generated" },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      disableFileAccess: true,
      disableUrlAccess: true,
    }),
  );
}

/** Whether the server lets us in, as far as can be told without sending a mail. */
export function tryMailServer(server: URL): Promise<Result<null, MailRefusal>> {
  return overTransport(server, (transport) => transport.verify());
}

async function overTransport(
  server: URL,
  use: (transport: Transporter) => Promise<unknown>,
): Promise<Result<null, MailRefusal>> {
  // Loaded with the first mail: a server that starts needs none of it.
  const { createTransport } = await import("nodemailer");
  const transport = createTransport(transportOptions(server));
  try {
    await use(transport);
    return ok(null);
  } catch (error) {
    return refuse(classify(error));
  } finally {
    transport.close();
  }
}

function transportOptions(server: URL) {
  return {
    url: server.href,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    // Whoever sits on the line can hide that the server offers TLS; our password must not be sent in the clear then.
    requireTLS: server.username !== "" && !isLoopback(server),
  };
}

const REFUSAL_OF_CODE: Readonly<Record<string, MailRefusal>> = {
  ETIMEDOUT: "server_timeout",
  EAUTH: "sign_in_refused",
  ENOAUTH: "sign_in_refused",
  ETLS: "encryption_unavailable",
};

function classify(error: unknown): MailRefusal {
  const { code, command, permanent } = error as { code?: string; command?: string; permanent?: boolean };
  const isAboutThisMail = command === "RCPT TO" || command === "DATA";
  if (permanent && isAboutThisMail) return "refused_for_good";
  if (permanent !== undefined && code !== "EAUTH" && code !== "ETLS") return "refused_for_now";
  return REFUSAL_OF_CODE[code ?? ""] ?? "server_unreachable";
}
