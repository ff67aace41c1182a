import type { MailContent } from "@/features/mail/mail-content";
import type { DatedMailContent } from "@/features/mail/mail-to-account";
import { env } from "@/lib/env/env";

const KEEP_LABEL = "Sign in to keep the account";

/** Says what will happen and until when it can be stopped. */
export function deletionRequestedMail(dueAt: Date, now: Date): DatedMailContent {
  const { AUTH_URL } = env();
  return (inWords) => ({
    subject: "Your account will be deleted",
    greeting: "Hello,",
    paragraphs: [
      `On ${inWords(now)}, somebody who was signed in to your account at ${AUTH_URL.host} asked to have it deleted. Everybody is signed out of it now.`,
      `It will be deleted on ${inWords(dueAt)}, with everything in it, and nobody can bring it back after that.`,
      "If you want to keep it, sign in before then: you will be asked whether it stays. If it wasn't you who asked, keep it and change your password.",
    ],
    action: { label: KEEP_LABEL, url: new URL("/sign-in", AUTH_URL).href },
    footer: "If you want it deleted, there is nothing to do.",
  });
}

/** Says that it stays after all. */
export function deletionCancelledMail(now: Date): DatedMailContent {
  const { AUTH_URL } = env();
  return (inWords) => ({
    subject: "Your account stays",
    greeting: "Hello,",
    paragraphs: [
      `Your account at ${AUTH_URL.host} was due for deletion. On ${inWords(now)}, somebody signed in to it and chose to keep it. It is as it was before.`,
      "If it wasn't you, somebody else can sign in to it: sign in, end all other sessions and change your password. You can then have it deleted again.",
    ],
    action: { label: "Sign in", url: new URL("/sign-in", AUTH_URL).href },
    footer: "If it was you, there is nothing to do.",
  });
}

/** The last mail. It repeats nothing of what there was. */
export function accountDeletedMail(): MailContent {
  const { host } = env().AUTH_URL;
  return {
    subject: "Your account was deleted",
    greeting: "Hello,",
    paragraphs: [
      `Your account at ${host} was deleted, as was asked for two weeks ago. There is nothing left to sign in to, and we write to this address no more.`,
      "You are welcome to sign up again. That will be a new account, which knows nothing of this one.",
    ],
    footer: "This is the last mail about it. There is nothing to do.",
  };
}
