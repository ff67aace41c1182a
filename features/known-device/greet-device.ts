import type { UserId } from "@/features/account/user-id";
import { countMailsByKind } from "@/features/mail/data";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { addSeconds } from "@/lib/clock";
import { hashToken } from "@/lib/crypto/random-token";
import { inTransaction } from "@/lib/db";
import type { Language } from "@/lib/i18n/languages";
import { findGreeting, insertKnownDevice, touchKnownDevice } from "./data";
import { type NewDevice, newDeviceMail } from "./mails";
import { MAIL_PERIOD_SECONDS, MAX_NEW_DEVICE_MAILS } from "./policy";

/** A sign-in that is complete. */
interface DeviceSignIn extends NewDevice {
  readonly userId: UserId;
  /** The language of the request. */
  readonly language?: Language | undefined;
  /** What the browser will be recognised by. */
  readonly deviceToken: string;
  /** "password" or the provider's id. */
  readonly method: string;
  /** Whether they asked to stay signed in. */
  readonly remember: boolean;
}

/**
 * Recognises the browser of a sign-in, or makes it known and tells the account's owner by mail. The first sign-in of an account
 * is no news.
 *
 * Call it before the session's cookie is handed out: so nobody holds one of whose device the owner wasn't told.
 */
export async function greetDevice(signIn: DeviceSignIn, now: Date): Promise<void> {
  const { userId, method, remember } = signIn;
  const device = { userId, tokenHash: hashToken(signIn.deviceToken), method, remember };
  if (await touchKnownDevice(device, now)) return;
  const mailed = await inTransaction(async (database) => {
    if (!(await insertKnownDevice(database, device, now))) return false;
    const person = await findGreeting(database, signIn.userId, signIn.sessionId);
    if (!person?.hasSignedInBefore) return false;
    const { new_device: sent = 0 } = await countMailsByKind(
      database,
      person.email,
      addSeconds(now, -MAIL_PERIOD_SECONDS),
    );
    if (sent >= MAX_NEW_DEVICE_MAILS) return false;
    const { userId, language: askedIn } = signIn;
    await mailToAccount(database, { userId, kind: "new_device", content: newDeviceMail(signIn, now), askedIn }, now);
    return true;
  });
  if (mailed) wakeMailWorker();
}
