import { SILENT_AFTER_SECONDS } from "@/features/instance/policy";
import { retirementSeconds, SIGNING_LIFETIME_SECONDS } from "@/features/signing-key/policy";
import { durationInWords } from "@/lib/duration-in-words";
import { env } from "@/lib/env/env";
import type { Language } from "@/lib/i18n/languages";
import type { Translator } from "@/lib/i18n/translator";
import { RETENTION_SECONDS } from "./retention";

/** Something that is stored, and until when. */
export interface Kept {
  readonly what: string;
  readonly until: string;
  /** The tables that hold it, by the names of prisma/schema.prisma: each stands in one line. */
  readonly tables: readonly string[];
}

/** Where each kind of what is kept about a person stands, how long for, and its place in `kept` of the sentences. */
const KEPT = [
  {
    key: "profile",
    kind: "deletedAccounts",
    tables: [
      ...["User", "Password", "Avatar", "Account", "ProviderToken", "Passkey"],
      ...["TotpFactor", "SecondFactorTries", "RecoveryCode"],
    ],
  },
  { key: "sessions", kind: "endedSessions", tables: ["Session"] },
  { key: "knownDevices", kind: "unseenDevices", tables: ["KnownDevice"] },
  { key: "trustedDevices", kind: "expiredTokens", tables: ["TrustedDevice"] },
  { key: "mails", kind: "finishedMails", tables: ["OutgoingMail"] },
  {
    key: "tokens",
    kind: "expiredTokens",
    tables: [
      ...["OneTimeToken", "VerificationToken", "MagicLink", "SignInChallenge"],
      ...["WebauthnChallenge", "ConnectionRequest"],
    ],
  },
  { key: "emailChanges", kind: "expiredEmailChanges", tables: ["EmailChange"] },
  { key: "signUps", kind: "expiredSignUps", tables: ["SignUp"] },
  { key: "feedEntries", kind: "feedEntries", tables: ["RevocationFeedEntry"] },
  { key: "auditEvents", kind: null, tables: ["AuditEvent"] },
] as const satisfies readonly {
  key: string;
  /** Null: for good. */
  kind: keyof typeof RETENTION_SECONDS | null;
  tables: readonly string[];
}[];

/**
 * What is stored about a person, in the words of the pages that say so. tests/architecture/retention.test.ts fails when a
 * table stands in no line, here or in `whatTheSiteKeeps`.
 */
export function whatIsKept(t: Translator<"account">, language: Language): Kept[] {
  const lifetime = durationInWords(env().EMAIL_TOKEN_TTL, language);
  return KEPT.map(({ key, kind, tables }) => {
    const duration = kind === null ? "" : durationInWords(RETENTION_SECONDS[kind], language);
    return { what: t(`kept.${key}.what`), until: t(`kept.${key}.until`, { duration, lifetime }), tables };
  });
}

/** What is stored about nobody. No page says it, docs/privacy.md does. */
export function whatTheSiteKeeps(): Kept[] {
  return [
    {
      what: "Keys that access tokens are signed with",
      until: `${durationInWords(SIGNING_LIFETIME_SECONDS, "en")}, and ${durationInWords(retirementSeconds(), "en")} more until all that they signed has expired.`,
      tables: ["SigningKey"],
    },
    {
      what: "That a way back from a provider, or a word of theirs about a sign-out, was used already",
      until: `Until it would be refused for its age, and ${durationInWords(RETENTION_SECONDS.expiredTokens, "en")} more at most. Only a fingerprint of it is stored.`,
      tables: ["SpentIdentifier"],
    },
    {
      what: "Running servers",
      until: `Until they stop, or ${durationInWords(SILENT_AFTER_SECONDS, "en")} after they were last heard of.`,
      tables: ["Instance"],
    },
    {
      what: "How often something was tried, under fingerprints that only this site can make and nobody can be found by",
      until: `As long as the limit lasts, thirty days at most, and ${durationInWords(RETENTION_SECONDS.spentLimits, "en")} more.`,
      tables: ["RateLimit"],
    },
  ];
}
