import * as z from "zod";

import { isLoopback } from "@/lib/loopback";

const wholeSeconds = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, "must be a whole number of seconds")
    .transform(Number)
    .default(fallback);

const positiveSeconds = (fallback: number) =>
  wholeSeconds(fallback).refine((seconds) => seconds > 0, "must be at least 1 second");

const urlWith = (protocols: readonly string[], sentence: string) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), sentence)
    .transform((value) => new URL(value));

/** Shannon-free floor: a secret with fewer different characters than this was typed, not generated. */
const MIN_DISTINCT_CHARACTERS = 10;
const MIN_SECRET_BYTES = 32;

const isLongEnough = (secret: string) => Buffer.byteLength(secret) >= MIN_SECRET_BYTES;
const isIrregular = (secret: string) => new Set(secret).size >= MIN_DISTINCT_CHARACTERS;
const TOO_REGULAR = "is too regular to be random. Make one with: openssl rand -base64 33";

const AuthSecretsSchema = z
  .string("is not set. Make one with: openssl rand -base64 33")
  .transform((value) => value.split(",").map((secret) => secret.trim()))
  .refine((secrets) => secrets.every(isLongEnough), {
    message: `each secret needs at least ${MIN_SECRET_BYTES} bytes. Make one with: openssl rand -base64 33`,
    abort: true,
  })
  .refine((secrets) => secrets.every(isIrregular), { message: TOO_REGULAR });

const AttackTargetSchema = z
  .string()
  .refine(isLongEnough, { message: `needs at least ${MIN_SECRET_BYTES} bytes`, abort: true })
  .refine(isIrregular, { message: TOO_REGULAR });

const AuthUrlSchema = urlWith(["http:", "https:"], "must be the public origin, such as https://app.example.com")
  .refine((url) => url.protocol === "https:" || isLoopback(url), "must be https, unless it is this machine itself")
  .refine(
    (url) => url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "" && url.password === "",
    "must be an origin only: no path, query or user",
  );

/** `a@b.example` or `Name <a@b.example>`, on one line. */
const SENDER_PATTERN = /^(?:[^<>@\r\n]{1,100} <[^\s<>@]{1,64}@[^\s<>@]{1,190}>|[^\s<>@]{1,64}@[^\s<>@]{1,190})$/;

/**
 * Every variable with its default; `.env.example` says more of each, and a test holds the two together. Those of providers are
 * read by `providers.ts` beside it. A variable of your own goes here and there, and is then in `env()`, typed.
 */
export const EnvironmentSchema = z.object({
  /** The database. A build needs none; everything that runs does. */
  DATABASE_URL: urlWith(
    ["postgres:", "postgresql:"],
    "must be a URL such as postgres://user:password@host:5432/database",
  ),
  /** PostgreSQL takes 100 connections unless it is told otherwise: with ten each, nine instances and some room. */
  DATABASE_POOL_SIZE: z
    .string()
    .regex(/^\d{1,3}$/, "must be a number of connections, such as 10")
    .transform(Number)
    .refine((connections) => connections > 0, "must be at least 1")
    .default(10),
  /** What seals cookies and much of what is stored. Newest first: the first seals, all of them open. */
  AUTH_SECRET: AuthSecretsSchema,
  /** The public origin: what links, redirects and cookies are made for. A request's Host header decides nothing. */
  AUTH_URL: AuthUrlSchema,
  /** Where mails are handed over: `smtps:` encrypted at once, `smtp:` by STARTTLS. */
  EMAIL_SERVER: urlWith(["smtp:", "smtps:"], "must be a URL such as smtps://user:password@mail.example.com:465"),
  /** Whom mails come from. */
  EMAIL_FROM: z.string().regex(SENDER_PATTERN, "must be one address, such as Latchkey <no-reply@example.com>"),
  /** Where rate limits are counted, if not in the database. */
  REDIS_URL: urlWith(["redis:", "rediss:"], "must be a URL such as rediss://user:password@host:6379").optional(),
  /** Seconds for which a cookie is believed before it is exchanged, and its session asked for again. */
  SESSION_ACCESS_TTL: positiveSeconds(15 * 60),
  /** Seconds without a visit after which a session ends. */
  SESSION_IDLE_TTL: positiveSeconds(7 * 24 * 60 * 60),
  /** Seconds after the sign-in at which it ends in any case. */
  SESSION_ABSOLUTE_TTL: positiveSeconds(30 * 24 * 60 * 60),
  /** Seconds for which the cookie before the newest is given the same successor. */
  SESSION_ROTATION_GRACE: wholeSeconds(10),
  /** Seconds that the list of ended sessions may be behind when a request is decided. */
  REVOCATION_MAX_STALENESS: wholeSeconds(1),
  /** Seconds for which that list may be used while the database is away. */
  REVOCATION_OUTAGE_GRACE: wholeSeconds(60),
  /** Seconds for which an access token is valid. */
  ACCESS_TOKEN_TTL: positiveSeconds(5 * 60),
  /** Seconds for which the link in a mail that proves an address works. */
  EMAIL_TOKEN_TTL: positiveSeconds(24 * 60 * 60),
  /** Seconds for which the link in a mail that resets a password works. */
  RESET_TOKEN_TTL: positiveSeconds(15 * 60),
  /** Whether the sign-in page also offers a link by mail. */
  MAGIC_LINK: z.enum(["on", "off"], "must be on or off").default("off"),
  /** How new passwords are stored. */
  PASSWORD_HASH: z.enum(["bcrypt", "argon2id"], "must be bcrypt or argon2id").default("bcrypt"),
  /** What every rate limit is multiplied with. */
  RATE_LIMIT_SCALE: z
    .string()
    .regex(/^\d{1,6}(?:\.\d{1,3})?$/, "must be a number, such as 1 or 0.5")
    .transform(Number)
    .refine((scale) => scale > 0, "must be more than 0")
    .default(1),
  /** How many proxies in front may be believed for the client's address. */
  TRUSTED_PROXIES: z
    .string()
    .regex(/^\d{1,2}$/, "must be the number of proxies in front, such as 1")
    .transform(Number)
    .default(0),
  /** Where the server listens. */
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "must be a port number")
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, "must be a port number")
    .default(3000),
  /** The operator agrees that whoever knows this secret attacks this instance with `npm run attack`. */
  LATCHKEY_ATTACK_TARGET: AttackTargetSchema.optional(),
  /** Repeats `AUTH_URL` where that is not this machine: an agreement for staging must not reach production by a copied file. */
  LATCHKEY_ATTACK_TARGET_ORIGIN: z.string().optional(),
  /** Set by `npm start` and `npm run dev` only: the folder that the development mailbox shows. */
  LATCHKEY_DEV_MAILBOX: z.string().optional(),
  /** Set by `npm start` and `npm run dev` only: the development identity provider that stands in for Google. */
  LATCHKEY_DEV_IDENTITY_PROVIDER: urlWith(["http:"], "must be an http URL on this machine").optional(),
});
