import { splitCompact, verifyCompact } from "@/features/access-token/compact-jws";
import { ACCESS_TOKEN_TYPE, audience, CLIENT_ID, issuer } from "@/features/access-token/policy";
import { verifyAccessToken } from "@/features/access-token/verify-access-token";
import { CLOCK_TOLERANCE_SECONDS } from "@/features/session/policy";
import { SIGNING_ALGORITHM } from "@/features/signing-key/policy";
import { findPublicKeys, type KnownKey } from "./find-public-keys";
import type { Inspection, Sources } from "./inspection";
import { whySessionRefuses } from "./why-session-refuses";
import { describeDuration, fromNow, printable } from "./words";

type Claims = Readonly<Record<string, unknown>>;
type Keys = ReadonlyMap<string, KnownKey>;

/**
 * Takes a signed token apart, and says what the server would say to it. The verdict is the server's own
 * (`verifyAccessToken`); the reasons are found beside it.
 *
 * @returns null when it isn't a signed token at all.
 */
export async function inspectAccessToken(token: string, sources: Sources): Promise<Inspection | null> {
  const { now, hasDatabase } = sources;
  const [header, claims] = token.split(".", 2).map(parsePart);
  if (!header || !claims) return null;
  const keys = await findPublicKeys(hasDatabase);
  const title = header["typ"] === ACCESS_TOKEN_TYPE ? "Access token (RFC 9068)" : "Signed token (JWT)";
  const facts = [...headerFacts(header, keys), ...claimFacts(claims, now)];
  const gaps: string[] = [];
  if (!keys) gaps.push(`Neither the database nor ${issuer()} gave the keys: its signature was not verified.`);

  const known = keys ?? new Map<string, KnownKey>();
  const publicKey = async (kid: string) => known.get(kid)?.publicKey ?? null;
  const verified = await verifyAccessToken(token, now, { publicKey });
  const reasons = [...headerReasons(token, header, keys), ...claimReasons(claims, now)];
  if (!verified.ok && keys && reasons.length === 0) reasons.push("It is not in the form that this server issues.");
  if (verified.ok && hasDatabase) {
    const reason = await whySessionRefuses(verified.value.sid, null, now).catch(() => "unknown");
    if (reason === "unknown")
      gaps.push("The database can't be reached: whether its session has ended was not looked at.");
    else if (reason) reasons.push(reason);
  } else if (verified.ok) gaps.push("There is no database to ask whether its session has ended.");
  return { title, facts, verified: keys !== null, reasons, gaps };
}

function headerFacts(header: Claims, keys: Keys | null): [string, string][] {
  const kid = printable(header["kid"]);
  return [
    ["type", printable(header["typ"])],
    ["algorithm", printable(header["alg"])],
    ["key", `${kid} (${keys?.get(String(header["kid"]))?.note ?? "unknown"})`],
  ];
}

function claimFacts(claims: Claims, now: Date): [string, string][] {
  const time = (name: string) =>
    typeof claims[name] === "number" ? fromNow(claims[name], now) : printable(claims[name]);
  const ended = typeof claims["exp"] === "number" && claims["exp"] <= now.getTime() / 1000;
  return [
    ["issuer", printable(claims["iss"])],
    ["audience", printable(claims["aud"])],
    ["person", printable(claims["sub"])],
    [
      "session",
      `${printable(claims["sid"])}, generation ${printable(claims["gen"])}, ends ${time("abs")} at the latest`,
    ],
    ["roles", printable(claims["roles"])],
    [
      "signed in",
      `${time("auth_time")}, by ${printable(claims["method"])} (aal ${printable(claims["aal"])}, amr ${printable(claims["amr"])})`,
    ],
    ["issued", time("iat")],
    ["window", `${ended ? "expired" : "expires"} ${time("exp")}`],
  ];
}

function headerReasons(token: string, header: Claims, keys: Keys | null): string[] {
  const reasons: string[] = [];
  const { alg, typ, kid, ...more } = header;
  if (alg !== SIGNING_ALGORITHM) reasons.push(`Wrong algorithm: ${printable(alg)} instead of ${SIGNING_ALGORITHM}.`);
  if (typ !== ACCESS_TOKEN_TYPE) reasons.push(`Wrong type: ${printable(typ)} instead of ${ACCESS_TOKEN_TYPE}.`);
  if (Object.keys(more).length > 0) reasons.push(`Its header says more than it may: ${printable(Object.keys(more))}.`);
  if (!keys) return reasons;
  const known = keys.get(String(kid));
  const jws = splitCompact(token);
  if (!known) reasons.push("Wrong key: none of the published ones has this id.");
  else if (jws && !verifyCompact(jws, known.publicKey))
    reasons.push("Its signature is not of that key: it was altered.");
  return reasons;
}

function claimReasons(claims: Claims, now: Date): string[] {
  const reasons: string[] = [];
  const seconds = now.getTime() / 1000;
  const { iss, aud, client_id: client, exp, iat } = claims;
  if (iss !== issuer()) reasons.push(`Wrong issuer: this server is ${issuer()}.`);
  if (aud !== audience()) reasons.push(`Wrong audience: this server wants ${audience()}.`);
  if (client !== CLIENT_ID) reasons.push(`Wrong client: ${printable(client)} instead of ${CLIENT_ID}.`);
  if (typeof exp !== "number") reasons.push("It says of no time that it expires then.");
  else if (exp + CLOCK_TOLERANCE_SECONDS <= seconds) reasons.push(`Expired ${describeDuration(seconds - exp)} ago.`);
  if (typeof iat === "number" && iat - CLOCK_TOLERANCE_SECONDS > seconds) reasons.push("It was issued in the future.");
  return reasons;
}

function parsePart(part: string): Claims | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Claims) : null;
  } catch {
    return null;
  }
}
