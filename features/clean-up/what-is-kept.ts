import { SILENT_AFTER_SECONDS } from "@/features/instance/policy";
import { retirementSeconds, SIGNING_LIFETIME_SECONDS } from "@/features/signing-key/policy";
import { durationInWords } from "@/lib/duration-in-words";
import { env } from "@/lib/env/env";
import { RETENTION_SECONDS } from "./retention";

/** Something that is stored, and until when. */
export interface Kept {
  readonly what: string;
  readonly until: string;
  /** The tables that hold it, by the names of prisma/schema.prisma: each stands in one line. */
  readonly tables: readonly string[];
}

const words = (kind: keyof typeof RETENTION_SECONDS) => durationInWords(RETENTION_SECONDS[kind]);

/**
 * What is stored about a person, in the words of the pages that say so. tests/architecture/retention.test.ts fails when a
 * table stands in no line, here or in `whatTheSiteKeeps`.
 */
export function whatIsKept(): Kept[] {
  return [
    {
      what: "Your profile, your picture, which terms you agreed to and when, and your ways to sign in",
      until: `As long as you have the account, and ${words("deletedAccounts")} after you asked to have it deleted. A way to sign in that you remove goes at once.`,
      tables: [
        ...["User", "Password", "Avatar", "Account", "ProviderToken", "Passkey"],
        ...["TotpFactor", "SecondFactorTries", "RecoveryCode"],
      ],
    },
    {
      what: "Your sessions, with device, time and IP address",
      until: `Until ${words("endedSessions")} after they end.`,
      tables: ["Session"],
    },
    {
      what: "Browsers that you have signed in with",
      until: `Until ${words("unseenDevices")} after the last sign-in there. Only a fingerprint of a random number is stored, which the browser keeps in a cookie.`,
      tables: ["KnownDevice"],
    },
    {
      what: "Browsers that you trust not to ask for a code",
      until: `Until the trust ends or you take it back, and ${words("expiredTokens")} more at most.`,
      tables: ["TrustedDevice"],
    },
    {
      what: "Mails that we sent you",
      until: `What they say is erased once they are sent. That there was one, for ${words("finishedMails")}.`,
      tables: ["OutgoingMail"],
    },
    {
      what: "Links and codes that wait to be used",
      until: `Until they are used or expire, and ${words("expiredTokens")} more at most. Only a fingerprint of each is stored.`,
      tables: [
        ...["OneTimeToken", "VerificationToken", "MagicLink", "SignInChallenge"],
        ...["WebauthnChallenge", "ConnectionRequest"],
      ],
    },
    {
      what: "A move to another e-mail address",
      until: `Until it can neither be confirmed nor undone any more, and ${words("expiredEmailChanges")} more at most.`,
      tables: ["EmailChange"],
    },
    {
      what: "A sign-up that nobody confirmed",
      until: `${durationInWords(env().EMAIL_TOKEN_TTL)}, and ${words("expiredSignUps")} more at most.`,
      tables: ["SignUp"],
    },
    {
      what: "Ids of sessions that ended, for all servers to learn of it",
      until: `${words("feedEntries")}, and as long as a sign-in from before may still count.`,
      tables: ["RevocationFeedEntry"],
    },
    {
      what: "What happened to your account: sign-ins and changes, with device, time and IP address",
      until: "In the security log, which can be added to but not changed. It outlives the account.",
      tables: ["AuditEvent"],
    },
  ];
}

/** What is stored about nobody. */
export function whatTheSiteKeeps(): Kept[] {
  return [
    {
      what: "Keys that access tokens are signed with",
      until: `${durationInWords(SIGNING_LIFETIME_SECONDS)}, and ${durationInWords(retirementSeconds())} more until all that they signed has expired.`,
      tables: ["SigningKey"],
    },
    {
      what: "That a way back from a provider, or a word of theirs about a sign-out, was used already",
      until: `Until it would be refused for its age, and ${words("expiredTokens")} more at most. Only a fingerprint of it is stored.`,
      tables: ["SpentIdentifier"],
    },
    {
      what: "Running servers",
      until: `Until they stop, or ${durationInWords(SILENT_AFTER_SECONDS)} after they were last heard of.`,
      tables: ["Instance"],
    },
    {
      what: "How often something was tried, under fingerprints that only this site can make and nobody can be found by",
      until: `As long as the limit lasts, thirty days at most, and ${words("spentLimits")} more.`,
      tables: ["RateLimit"],
    },
  ];
}
