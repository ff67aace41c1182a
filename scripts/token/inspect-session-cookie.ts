import { CLOCK_TOLERANCE_SECONDS } from "@/features/session/policy";
import { type SessionClaims, SessionClaimsSchema } from "@/features/session/session-claims";
import { openSessionCookie, sessionCookieName } from "@/features/session/session-cookie";
import { openJwe } from "@/lib/crypto/direct-jwe";
import { env } from "@/lib/env/env";
import type { Inspection, Sources } from "./inspection";
import { whySessionRefuses } from "./why-session-refuses";
import { fromNow, printable } from "./words";

const TITLE = "Session cookie";
const COMPACT_JWE = /^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/;
const COOKIE_NAMES = ["authjs.session-token", "__Host-authjs.session-token"];

/**
 * Opens a session cookie with the configured secrets, and says what the server would say to it. Nothing is rotated.
 *
 * @returns null when it isn't an encrypted token at all.
 */
export async function inspectSessionCookie(cookie: string, { now, hasDatabase }: Sources): Promise<Inspection | null> {
  if (!COMPACT_JWE.test(cookie)) return null;
  const opened = openSessionCookie(cookie, now);
  if (!opened) return { title: TITLE, facts: [], verified: true, reasons: [whyClosed(cookie)], gaps: [] };

  // As it was sealed: a cookie that is past its end is opened with its window closed.
  const claims = SessionClaimsSchema.parse(openJwe(cookie, env().AUTH_SECRET, sessionCookieName()));
  const reasons: string[] = [];
  const gaps: string[] = [];
  const seconds = now.getTime() / 1000;
  if (hasDatabase) {
    const reason = await whySessionRefuses(claims.sid, claims.gen, now).catch(() => "unknown");
    if (reason === "unknown")
      gaps.push("The database can't be reached: whether the session has ended was not looked at.");
    else if (reason) reasons.push(reason);
  } else gaps.push("There is no database to ask whether the session has ended.");
  if (reasons.length === 0 && claims.exp + CLOCK_TOLERANCE_SECONDS <= seconds) {
    reasons.push(`The session's time is over, since ${fromNow(claims.abs, now)}: absolute_timeout.`);
  }
  return { title: TITLE, facts: facts(cookie, claims, now), verified: true, reasons, gaps };
}

function facts(cookie: string, claims: SessionClaims, now: Date): [string, string][] {
  const open = claims.win > now.getTime() / 1000;
  const window = open
    ? `ends ${fromNow(claims.win, now)}`
    : `ended ${fromNow(claims.win, now)}: the next request rotates it`;
  return [
    ["sealed", `with ${secretInWords(cookie)} of AUTH_SECRET, as ${sessionCookieName()}`],
    ["person", `${claims.sub}, ${printable(claims.email)}, ${printable(claims.name ?? "no name")}`],
    ["session", `${claims.sid}, ends ${fromNow(claims.abs, now)} at the latest`],
    ["generation", String(claims.gen)],
    ["roles", `${printable(claims.roles)}, claims version ${claims.cv}`],
    [
      "signed in",
      `${fromNow(claims.auth_time, now)}, by ${printable(claims.method)} (aal ${claims.aal}, amr ${printable(claims.amr)})`,
    ],
    ["remembered", claims.remember ? "yes" : "no: the browser forgets it when it closes"],
    ["issued", fromNow(claims.iat, now)],
    ["window", window],
  ];
}

function secretInWords(cookie: string): string {
  const index = env().AUTH_SECRET.findIndex((secret) => openJwe(cookie, [secret], sessionCookieName()));
  return index === 0 ? "the newest secret" : `secret ${index + 1}`;
}

function whyClosed(cookie: string): string {
  const other = COOKIE_NAMES.find((name) => name !== sessionCookieName() && openJwe(cookie, env().AUTH_SECRET, name));
  if (other) return `It was sealed as ${other}: under an AUTH_URL with the other scheme.`;
  return "No secret of AUTH_SECRET decrypts it: it was made with another one, for something else, or altered.";
}
