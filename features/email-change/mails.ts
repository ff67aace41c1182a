import type { MailContent } from "@/features/mail/mail-content";
import { validityInWords } from "@/features/mail/validity-in-words";
import { env } from "@/lib/env/env";
import { UNDO_LIFETIME_SECONDS } from "./policy";

// No mail names the other address of the two, nor the person: what a stranger chose would arrive under our sender.

/** Asks the new address whether it is to be an account's. Opening the link changes nothing; the button on its page does. */
export function confirmationMail(token: string): MailContent {
  const { AUTH_URL, EMAIL_TOKEN_TTL } = env();
  const { host } = AUTH_URL;
  return {
    subject: "Confirm your new e-mail address",
    greeting: "Hello,",
    paragraphs: [
      `Somebody with an account at ${host} asked to use this address for it from now on.`,
      "Confirm it, and you sign in with this address instead of the present one. Confirm only if it was you: if it wasn't, the account is somebody else's.",
    ],
    action: { label: "Confirm this address", url: linkTo("/confirm-email", token) },
    footer: `The link works once, for ${validityInWords(EMAIL_TOKEN_TTL)}. If it wasn't you, do nothing: without the confirmation nothing changes.`,
  };
}

/** Tells the owner of an address that has an account that another account asked for it. The page never says so itself. */
export function takenAddressMail(): MailContent {
  const { host } = env().AUTH_URL;
  return {
    subject: "Your address was entered for another account",
    greeting: "Hello,",
    paragraphs: [
      `Somebody asked to use this address for another account at ${host}. You already have an account with it, and nothing about yours has changed.`,
      "An address belongs to one account. If it was you and you want to move it, move this account to another address first, or delete it.",
    ],
    action: { label: "Sign in", url: new URL("/sign-in", env().AUTH_URL).href },
    footer: "If it wasn't you, there is nothing to do: whoever it was learned nothing.",
  };
}

/** Tells the present address that another one was asked for. */
export function noticeMail(): MailContent {
  const { host } = env().AUTH_URL;
  return {
    subject: "Somebody asked to change your e-mail address",
    greeting: "Hello,",
    paragraphs: [
      `Somebody who is signed in to your account at ${host} asked to use another e-mail address for it. Nothing has changed yet: you sign in with this address, and mails come here, until the new one is confirmed.`,
      "If it was you, follow the link in the mail to the new address. If it wasn't, cancel the change on your profile page and choose a new password at once.",
    ],
    action: { label: "Open your profile", url: new URL("/profile", env().AUTH_URL).href },
    footer: "Once the new address is confirmed we write here again, with a link that takes it back.",
  };
}

/** Tells the address that was left, with the way back. */
export function changedMail(undoToken: string): MailContent {
  const { host } = env().AUTH_URL;
  return {
    subject: "Your e-mail address was changed",
    greeting: "Hello,",
    paragraphs: [
      `Your account at ${host} has another e-mail address now. You sign in with that one, and our mails go there. This is the last one to this address.`,
      "If it was you, there is nothing to do. If it wasn't, take it back: this address is your account's again, everybody who is signed in to it is signed out, and you choose a new password.",
    ],
    action: { label: "Take it back", url: linkTo("/undo-email-change", undoToken) },
    footer: `The link works once, for ${validityInWords(UNDO_LIFETIME_SECONDS)} from the change.`,
  };
}

function linkTo(path: string, token: string): string {
  const link = new URL(path, env().AUTH_URL);
  link.searchParams.set("token", token);
  return link.href;
}
