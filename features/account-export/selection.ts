/**
 * What an export holds of each table: every column that is about the person. tests/architecture/personal-data.test.ts holds
 * this against the schema, column by column: what is in neither of these two lists fails it.
 */
export const EXPORTED = {
  User: {
    id: true,
    email: true,
    emailVerified: true,
    name: true,
    image: true,
    roles: true,
    locale: true,
    timeZone: true,
    termsVersion: true,
    termsAgreedAt: true,
    disabledAt: true,
    deletionDueAt: true,
    createdAt: true,
    updatedAt: true,
  },
  Password: { updatedAt: true },
  Avatar: { contentType: true, data: true, updatedAt: true },
  Account: {
    id: true,
    type: true,
    provider: true,
    providerAccountId: true,
    providerEmail: true,
    pictureUrl: true,
    createdAt: true,
  },
  ProviderToken: { expiresAt: true, needsConsentAt: true, updatedAt: true },
  Session: {
    id: true,
    generation: true,
    confirmedGeneration: true,
    recentRotations: true,
    method: true,
    aal: true,
    amr: true,
    authenticatedAt: true,
    createdAt: true,
    lastSeenAt: true,
    idleExpiresAt: true,
    absoluteExpiresAt: true,
    remember: true,
    userAgent: true,
    ip: true,
    endedAt: true,
    endReason: true,
  },
  OneTimeToken: { purpose: true, createdAt: true, expiresAt: true },
  EmailChange: {
    id: true,
    fromEmail: true,
    toEmail: true,
    createdAt: true,
    expiresAt: true,
    confirmedAt: true,
    undoExpiresAt: true,
  },
  TotpFactor: { createdAt: true, confirmedAt: true },
  SecondFactorTries: { failures: true, since: true, lockedUntil: true },
  RecoveryCode: { createdAt: true, usedAt: true },
  SignInChallenge: { method: true, amr: true, remember: true, failures: true, createdAt: true, expiresAt: true },
  TrustedDevice: { id: true, userAgent: true, createdAt: true, lastUsedAt: true, expiresAt: true },
  KnownDevice: { createdAt: true, lastSeenAt: true, method: true, remember: true },
  Passkey: {
    id: true,
    credentialId: true,
    publicKey: true,
    counter: true,
    transports: true,
    aaguid: true,
    backupEligible: true,
    backedUp: true,
    name: true,
    createdAt: true,
    lastUsedAt: true,
  },
  WebauthnChallenge: { purpose: true, createdAt: true, expiresAt: true },
  ConnectionRequest: { provider: true, providerType: true, providerEmail: true, createdAt: true, expiresAt: true },
  SignUp: { email: true, name: true, provider: true, termsVersion: true, createdAt: true, expiresAt: true },
  MagicLink: { remember: true, failures: true, createdAt: true, expiresAt: true },
  VerificationToken: { expires: true },
  OutgoingMail: {
    kind: true,
    recipient: true,
    createdAt: true,
    nextAttemptAt: true,
    attempts: true,
    sentAt: true,
    lastError: true,
  },
  AuditEvent: { recordedAt: true, kind: true, sessionId: true, ip: true, userAgent: true, details: true },
} as const;

const SAID_ABOVE = "The person, who is named once, at the top.";
const SECRET_HASH = "The hash of a secret: of use to whoever wants to guess it, and to nobody else.";
const SEALED = "A sealed secret: an export that is lost must open nothing.";
const INTERNAL = "Counts for the system's own use.";
const PERHAPS_A_STRANGERS = "Of whoever asked, who need not be the owner of the address.";

/** What an export leaves out of those tables, and why. */
export const WITHHELD: { readonly [Model in keyof typeof EXPORTED]?: Readonly<Record<string, string>> } = {
  User: { claimsVersion: INTERNAL },
  Password: { userId: SAID_ABOVE, hash: SECRET_HASH },
  Avatar: { userId: SAID_ABOVE, version: "Part of the picture's address, which nobody is to guess." },
  Account: { userId: SAID_ABOVE },
  ProviderToken: { accountId: SAID_ABOVE, sealedTokens: SEALED, leaseOwner: INTERNAL, leaseUntil: INTERNAL },
  Session: { userId: SAID_ABOVE, providerSessionId: INTERNAL, sealedIdToken: SEALED },
  OneTimeToken: { tokenHash: SECRET_HASH, signUpId: INTERNAL, userId: SAID_ABOVE },
  EmailChange: { userId: SAID_ABOVE, confirmTokenHash: SECRET_HASH, undoTokenHash: SECRET_HASH },
  TotpFactor: { userId: SAID_ABOVE, sealedSecret: SEALED, lastStep: INTERNAL },
  SecondFactorTries: { userId: SAID_ABOVE },
  RecoveryCode: { userId: SAID_ABOVE, codeHash: SECRET_HASH },
  SignInChallenge: { userId: SAID_ABOVE, tokenHash: SECRET_HASH, providerSessionId: INTERNAL, sealedIdToken: SEALED },
  TrustedDevice: { userId: SAID_ABOVE, tokenHash: SECRET_HASH },
  KnownDevice: { userId: SAID_ABOVE, tokenHash: SECRET_HASH },
  Passkey: { userId: SAID_ABOVE },
  WebauthnChallenge: { userId: SAID_ABOVE, challengeHash: SECRET_HASH },
  ConnectionRequest: {
    userId: SAID_ABOVE,
    tokenHash: SECRET_HASH,
    sessionId: INTERNAL,
    providerAccountId: PERHAPS_A_STRANGERS,
    sealedTokens: SEALED,
  },
  SignUp: {
    id: INTERNAL,
    passwordHash: SECRET_HASH,
    providerType: INTERNAL,
    providerAccountId: PERHAPS_A_STRANGERS,
    image: PERHAPS_A_STRANGERS,
  },
  MagicLink: {
    id: INTERNAL,
    email: SAID_ABOVE,
    tokenHash: SECRET_HASH,
    codeHash: SECRET_HASH,
    browserHash: SECRET_HASH,
  },
  VerificationToken: { identifier: SAID_ABOVE, token: SECRET_HASH },
  OutgoingMail: { id: INTERNAL, sealedContent: SEALED },
  AuditEvent: {
    id: "Its place among everybody's events would tell how many there are.",
    userId: SAID_ABOVE,
    previousHash: "Of the event before, which may be somebody else's.",
    hash: "Proves the log as a whole, to whoever holds the log as a whole.",
  },
};

/** Tables with ids of people that an export leaves out as a whole, and why. */
export const NOT_EXPORTED: Readonly<Record<string, string>> = {
  RevocationFeedEntry:
    "Ids for the servers to tell each other, for some hours; what happened is among the audit events.",
};
