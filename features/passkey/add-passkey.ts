import { lockSignInMethods } from "@/features/account/data";
import type { UserId } from "@/features/account/user-id";
import { appendAuditEvent } from "@/features/audit/data";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { findRecipient } from "@/features/mail/data";
import { mailReader } from "@/features/mail/mail-reader";
import { mailToAccount } from "@/features/mail/mail-to-account";
import { wakeMailWorker } from "@/features/mail/wake-mail-worker";
import { type Database, inTransaction } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/result";
import type { ActingPerson } from "./acting-person";
import { authenticatorName } from "./authenticator-name";
import { redeemChallenge } from "./challenge";
import { readChallenge } from "./client-data";
import { insertPasskey, type ListedPasskey } from "./data";
import { passkeyAddedMail } from "./mails";
import { MAX_PASSKEYS } from "./policy";
import { noteRefusal } from "./refusal";
import type { RegistrationResponse } from "./schema";
import { verifyRegistration } from "./verify-registration";

/**
 * Adds a passkey to the account of whoever is signed in, and tells them by mail.
 *
 * @param answer - The authenticator's, unverified, and what to call it. Without a name it is called after where it lives,
 * else after the device that it was made on, in its owner's language.
 */
export async function addPasskey(
  { userId, sessionId, origin }: ActingPerson,
  { name, ...response }: RegistrationResponse & { name?: string | undefined },
  now: Date,
): Promise<Result<ListedPasskey, "invalid_passkey" | "too_many_passkeys">> {
  const refused = async (reason: "challenge" | "answer" | "known_credential") => {
    await noteRefusal({ userId, sessionId, origin, purpose: "registration", reason });
    return refuse("invalid_passkey");
  };
  const challenge = readChallenge(response.response.clientDataJSON);
  const isOurs = challenge !== null && (await redeemChallenge(challenge, { purpose: "registration", userId }, now));
  if (!isOurs) return refused("challenge");
  const verified = await verifyRegistration(response, challenge);
  if (!verified) return refused("answer");

  const added = await inTransaction(async (transaction) => {
    const { passkeys } = await lockSignInMethods(transaction, userId);
    if (passkeys >= MAX_PASSKEYS) return "too_many_passkeys";
    const called = name ?? authenticatorName(verified.aaguid) ?? (await deviceInWords(transaction, userId, origin));
    const { transports = [] } = response.response;
    const passkey = await insertPasskey(transaction, { ...verified, userId, transports, name: called }, now);
    if (!passkey) return "known_credential";
    const content = passkeyAddedMail(now);
    await mailToAccount(transaction, { userId, kind: "passkey_added", content, askedIn: origin.language }, now);
    const details = { passkeyId: passkey.id, synced: passkey.backedUp };
    await appendAuditEvent(transaction, { kind: "passkey_added", userId, sessionId, origin, details });
    return passkey;
  });
  if (added === "known_credential") return refused(added);
  if (added === "too_many_passkeys") return refuse(added);
  wakeMailWorker();
  return ok(added);
}

/** The device as a mail to its owner would call it. */
async function deviceInWords(database: Database, userId: UserId, origin: RequestOrigin): Promise<string> {
  const reader = await mailReader(await findRecipient(database, userId), origin.language);
  return reader.device(origin.userAgent);
}
