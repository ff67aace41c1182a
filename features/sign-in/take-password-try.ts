import { findAccountByEmail } from "@/features/account/data";
import type { EmailAddress } from "@/features/account/email-address";
import type { UserId } from "@/features/account/user-id";
import type { RequestOrigin } from "@/features/audit/request-origin";
import { isKnownDevice } from "@/features/known-device/data";
import { type PasswordVerification, verifyPassword } from "@/features/password/verify-password";
import { clientNetwork } from "@/features/rate-limit/client-network";
import type { RateLimited } from "@/features/rate-limit/rate-limited";
import { type Draws, forgetTries, takeTries } from "@/features/rate-limit/take-tries";
import { hashToken } from "@/lib/crypto/random-token";
import { inTransaction } from "@/lib/db";
import { ok, type Result } from "@/lib/result";

/** A try at a password that was allowed. */
export interface PasswordTry {
  /** Compares the password that was typed with an account's; null when there is none, or it has no password. */
  compare(password: string, hash: string | null): Promise<PasswordVerification>;
}

/**
 * Allows one comparison of a typed password, if there are tries left for it: the one place where passwords are compared, for
 * signing in and for whatever asks again.
 *
 * A browser that the account knows has a budget of its own, so that nobody who guesses from elsewhere keeps the owner out (A23).
 * All others share that of the address, of their network, and of everybody. A try is counted before anything is looked up, so
 * that of any number at once no more reach the comparison than there are tries (A25), and given back when the password was
 * right, or when it could not be compared. All of it is the same for an address that nobody has.
 */
export async function takePasswordTry(
  email: EmailAddress,
  origin: RequestOrigin | undefined,
): Promise<Result<PasswordTry, RateLimited>> {
  const device = await findKnownDevice(email, origin);
  const draws = device === null ? strangersDraws(email, origin) : ownersDraws(email, device);
  const taken = await takeTries(draws, { origin, findUserId: () => findUserId(email) });
  if (!taken.ok) return taken;
  const compare = async (password: string, hash: string | null) => {
    const verified = await verifyPassword(password, hash).catch(async (error: unknown) => {
      await taken.value.giveBack();
      throw error;
    });
    if (verified.valid) await (device === null ? taken.value.giveBack() : forgetTries(draws));
    return verified;
  };
  return ok({ compare });
}

/**
 * Forgets the wrong passwords that were tried for an account from anywhere: it has another password now. Until then only time
 * makes them forgotten; a sign-in doesn't, or whoever guesses would have a fresh budget with each of the owner's.
 */
export async function forgetWrongPasswords(email: string): Promise<void> {
  await forgetTries({ password_account: email, password_account_month: email });
}

function strangersDraws(email: EmailAddress, origin: RequestOrigin | undefined): Draws {
  return {
    password_account: email,
    password_network: clientNetwork(origin?.ip ?? null),
    password_account_month: email,
    password_everybody: "",
  };
}

function ownersDraws(email: EmailAddress, device: string): Draws {
  const whose = `${email}\0${device}`;
  return { password_device: whose, password_device_month: whose };
}

/** What the request's browser is known by to the account of an address. Without a token there is nothing to ask. */
async function findKnownDevice(email: EmailAddress, origin: RequestOrigin | undefined): Promise<string | null> {
  const token = origin?.presentedDevice;
  return token !== undefined && (await isKnownDevice(email, hashToken(token))) ? token : null;
}

async function findUserId(email: EmailAddress): Promise<UserId | null> {
  const account = await inTransaction((database) => findAccountByEmail(database, email));
  return account?.userId ?? null;
}
