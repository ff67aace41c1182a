import { type EmailAddress, EmailAddressSchema } from "@/features/account/email-address";
import { requestMagicLink } from "@/features/magic-link/request-magic-link";
import { MailContentSchema } from "@/features/mail/mail-content";
import { unseal } from "@/lib/crypto/seal";
import { db } from "@/lib/db";

export const now = new Date("2026-01-01T12:00:00.000Z");
export const LIFETIME_SECONDS = 900;
export const origin = { ip: "192.0.2.1", userAgent: "Test/1" };
export const ada: EmailAddress = EmailAddressSchema.parse("ada@x.test");
export const nobody: EmailAddress = EmailAddressSchema.parse("nobody@x.test");

/** Empties what these tests fill, and gives Ada an account. The audit log keeps everything. */
export async function adaAlone(): Promise<void> {
  await db().magicLink.deleteMany();
  await db().outgoingMail.deleteMany();
  await db().signUp.deleteMany();
  await db().user.deleteMany();
  await db().user.create({ data: { email: ada, emailVerified: now }, select: { id: true } });
}

/** The links and codes in the outbox, in the order in which they were asked for. */
export async function mailed(): Promise<{ token: string; code: string; to: string }[]> {
  const rows = await db().outgoingMail.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  return rows.map(({ id, recipient, sealedContent }) => {
    const content = MailContentSchema.parse(JSON.parse(unseal("mail-content", sealedContent ?? new Uint8Array(), id)));
    const token = new URL(content.action?.url ?? "").searchParams.get("token") ?? "";
    return { to: recipient, token, code: content.code?.value ?? "" };
  });
}

/** Ada asks in a browser, and reads the mail. */
export async function ask(at = now, remember = false) {
  const { browserToken } = await requestMagicLink({ email: ada, remember }, at);
  const { token = "", code = "" } = (await mailed()).at(-1) ?? {};
  return { browserToken, token, code };
}

/** Another code than this. */
export const wrong = (code: string) => (code === "000000" ? "000001" : "000000");
