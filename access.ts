import type { AppRouteHandlerRoutes, AppRoutes } from "@/.next/types/routes";
import { SESSION_DETAILS_MAX_AGE_SECONDS } from "@/features/reauthentication/policy";
import { CHANGE_FACTOR_MAX_AGE_SECONDS } from "@/features/totp/policy";

/**
 * THE access policy: who may enter which page and call which API. What no row names is refused.
 *
 * A path is written as Next's folders are: `[id]` stands for one segment; `/**` at the end for everything below. The first
 * row that fits decides. Each page, route handler and action asks again, close to the data: take `middleware.ts` away, and
 * nothing opens.
 */

/**
 * Every role that a person can have. Add yours here; whatever names another does not compile. `npm run account -- roles ADDRESS
 * [ROLE …]` gives them to somebody.
 */
export const ROLES = ["admin"] as const;

/** One of `ROLES`: in rows of the policy, in `requireRole`, in `session.user.roles`. */
export type Role = (typeof ROLES)[number];

/** What pages and route handlers there are, as Next wrote it down at the last start, build or `npm run check`. */
type Route = AppRoutes | AppRouteHandlerRoutes;

/** The folders that a route stands in, below the uppermost. */
type FoldersOf<Path extends string, Above extends string = ""> = Path extends `/${infer Folder}/${infer Rest}`
  ? `${Above}/${Folder}` | FoldersOf<`/${Rest}`, `${Above}/${Folder}`>
  : never;

/**
 * A path that a row can name: that of a page or route handler, or a folder of such with `/**` after it. One that nothing answers
 * does not compile, and neither does `/**` alone, which would open everything. What `[...names]` answers is written `/**`.
 */
export type PolicyPath =
  | Exclude<Route, `${string}[...${string}`>
  | `${Exclude<Route, "/" | `${string}[...${string}`> | FoldersOf<Route>}/**`;

/** Who may: anybody, whoever is signed in, or whoever is signed in and has the role. */
export type Access = "public" | "signed_in" | { readonly role: Role };

/** One row of the policy. */
export interface AccessRule {
  readonly path: PolicyPath;
  readonly access: Access;
  /** Decide on revocations as of this very moment instead of up to `REVOCATION_MAX_STALENESS` ago, and not without the database. */
  readonly fresh?: true;
  /** Whoever proved longer ago who they are, in seconds and at least 60, is asked again first (S14). */
  readonly recentAuthenticationSeconds?: number;
}

/** The table itself: a row for each page and each route handler. A test finds those that have none, and rows for nothing. */
export const accessPolicy: readonly AccessRule[] = [
  { path: "/", access: "public" },
  { path: "/sign-in", access: "public" },
  { path: "/sign-up", access: "public" },
  { path: "/verify-email", access: "public" },
  { path: "/forgot-password", access: "public" },
  { path: "/reset-password", access: "public" },
  // Answers 404 unless MAGIC_LINK is on.
  { path: "/magic-link", access: "public" },
  // Links in mails: whoever opens one proves the mailbox, on any device.
  { path: "/confirm-email", access: "public" },
  { path: "/undo-email-change", access: "public" },
  { path: "/auth-error", access: "public" },
  { path: "/link-account", access: "public" },
  // Its page sends whoever has nothing to prove there to sign in.
  { path: "/second-factor", access: "public" },
  { path: "/terms", access: "public" },
  { path: "/privacy", access: "public" },
  { path: "/forbidden", access: "public" },
  { path: "/unavailable", access: "public" },
  { path: "/dashboard", access: "signed_in" },
  { path: "/profile", access: "signed_in" },
  // Pages show the address only to whom they show the picture, and nobody guesses it.
  { path: "/avatars/[version]", access: "public" },
  { path: "/api-explorer", access: "signed_in" },
  { path: "/settings", access: "signed_in" },
  { path: "/settings/security", access: "signed_in" },
  { path: "/settings/privacy", access: "signed_in" },
  { path: "/settings/security/activity", access: "signed_in" },
  { path: "/settings/security/report", access: "signed_in" },
  { path: "/settings/security/checklist", access: "signed_in" },
  { path: "/settings/security/password", access: "signed_in" },
  {
    path: "/settings/security/second-factor",
    access: "signed_in",
    recentAuthenticationSeconds: CHANGE_FACTOR_MAX_AGE_SECONDS,
  },
  { path: "/settings/privacy/delete", access: "signed_in" },
  // For accounts that are due for deletion, to which every other page leads here.
  { path: "/account-restore", access: "signed_in" },
  { path: "/settings/sessions", access: "signed_in" },
  { path: "/settings/connections", access: "signed_in" },
  {
    path: "/settings/sessions/details",
    access: "signed_in",
    recentAuthenticationSeconds: SESSION_DETAILS_MAX_AGE_SECONDS,
  },
  // Its page sends visitors to sign in, and from there straight to where they were going.
  { path: "/re-authenticate", access: "public" },

  // For providers, whose signed token decides.
  { path: "/api/auth/back-channel-logout/[provider]", access: "public" },
  { path: "/api/auth/**", access: "public" },
  { path: "/api/sign-up", access: "public" },
  { path: "/api/verify-email", access: "public" },
  { path: "/api/verify-email/resend", access: "public" },
  { path: "/api/password/forgot", access: "public" },
  { path: "/api/password/reset", access: "public" },
  { path: "/api/sign-in", access: "public" },
  { path: "/api/sign-in/second-factor", access: "public" },
  { path: "/api/sign-out", access: "public" },
  { path: "/api/refresh", access: "public" },
  { path: "/api/email/change", access: "signed_in" },
  { path: "/api/email/confirm", access: "public" },
  { path: "/api/password/change", access: "signed_in" },
  { path: "/api/me", access: "signed_in" },
  { path: "/api/sessions", access: "signed_in" },
  { path: "/api/sessions/[id]", access: "signed_in" },
  { path: "/api/connections", access: "signed_in" },
  { path: "/api/connections/[id]", access: "signed_in" },
  { path: "/api/account", access: "signed_in", fresh: true },
  { path: "/api/account/restore", access: "signed_in", fresh: true },
  { path: "/api/account/export", access: "signed_in", fresh: true },
  { path: "/api/sign-in/passkey", access: "public" },
  { path: "/api/passkeys", access: "signed_in", fresh: true },
  { path: "/api/passkeys/registration-options", access: "signed_in", fresh: true },
  { path: "/api/passkeys/authentication-options", access: "public" },
  { path: "/api/passkeys/[id]", access: "signed_in", fresh: true },
  { path: "/api/second-factor/totp", access: "signed_in" },
  { path: "/api/second-factor/totp/confirm", access: "signed_in" },
  { path: "/api/second-factor/recovery-codes", access: "signed_in" },
  // Browsers tell there what a page's policy made them refuse; they bring no cookie.
  { path: "/api/security-reports", access: "public" },
  { path: "/.well-known/jwks.json", access: "public" },
  // Answers 404 unless the operator agreed to be attacked.
  { path: "/.well-known/latchkey-attack-target/[challenge]", access: "public" },
  { path: "/healthz", access: "public" },
  { path: "/readyz", access: "public" },

  // The development mailbox, which answers 404 wherever there is none.
  { path: "/dev/**", access: "public" },
];

/**
 * The row that decides about a path.
 *
 * @param pathname - Without query; a trailing slash makes no difference.
 * @returns null when no row names it: then nobody may.
 */
export function accessRuleFor(pathname: string): AccessRule | null {
  const path = segments(pathname);
  return patterns.find(({ pattern }) => matches(pattern, path))?.rule ?? null;
}

const segments = (path: string) => path.split("/").filter(Boolean);
// Taken apart once, not for each request.
const patterns = accessPolicy.map((rule) => ({ rule, pattern: segments(rule.path) }));

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  const open = pattern.at(-1) === "**";
  const fixed = open ? pattern.slice(0, -1) : pattern;
  if (open ? path.length < fixed.length : path.length !== fixed.length) return false;
  return fixed.every((segment, index) => segment === path[index] || /^\[\w+\]$/.test(segment));
}

/**
 * Whether somebody who is signed in may.
 *
 * @param roles - All that they have, those included that `ROLES` no longer names: no row can ask for one of these.
 */
export function isAllowed(access: Access, roles: readonly string[]): boolean {
  return typeof access === "string" || roles.includes(access.role);
}
