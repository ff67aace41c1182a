import type { HttpClient } from "@/attack/http-client";
import type { SessionClaims } from "@/features/session/session-claims";
import { openSessionCookie, sealSessionCookie } from "@/features/session/session-cookie";
import { GOOD_PASSWORD, newAddress, storeAccount } from "./accounts";
import type { ServerInstance, ServerInstances } from "./server-instances";

/** What tests of sessions do with cookies: read them, age them, look at what an answer does to them. */

/** Over http, as all tests run. */
export const SESSION_COOKIE = "authjs.session-token";

/** A person who can sign in on any of the instances, written straight into the database. */
export interface StoredPerson {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** Makes a person, with the word of the audit log that signing up leaves. */
export async function storePerson({ query }: Pick<ServerInstances, "query">): Promise<StoredPerson> {
  const account = { email: newAddress(), password: GOOD_PASSWORD, name: "Test" };
  const id = await storeAccount({ query }, account);
  await query("INSERT INTO audit_events (kind, user_id) VALUES ('signed_up', $1)", [id]);
  return { ...account, id };
}

/** A browser that has signed in on this instance. */
export async function signInOn(instance: ServerInstance, person: StoredPerson): Promise<HttpClient> {
  const client = instance.client();
  const { email, password } = person;
  const response = await client.post("/api/sign-in", { email, password, remember: true });
  if (response.status !== 200) throw new Error(`Sign-in answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
  return client;
}

/** The claims of the session cookie that a browser holds. */
export function claimsOf(client: Pick<HttpClient, "cookies">): SessionClaims {
  return open(client.cookies.get(SESSION_COOKIE));
}

function open(value: string | undefined): SessionClaims {
  const claims = openSessionCookie(value, new Date());
  if (!claims) throw new Error("There is no session cookie that opens.");
  return claims;
}

/**
 * Makes the browser's cookie one whose access window is over, as waiting would: the server reads the window's end from
 * the cookie and from nowhere else.
 */
export function ageCookie(client: Pick<HttpClient, "cookies">): void {
  const claims = claimsOf(client);
  const ended = Math.floor(Date.now() / 1000) - 1;
  client.cookies.set(SESSION_COOKIE, sealSessionCookie({ ...claims, win: ended }));
}

/** The generations of the session cookies that an answer sets. */
export function generationsSetBy(response: Response): number[] {
  return valuesSetBy(response)
    .filter((value) => value !== "")
    .map((value) => open(value).gen);
}

/** Whether an answer takes the session cookie away from the browser. */
export function clearsCookie(response: Response): boolean {
  return response.headers.getSetCookie().some((line) => {
    if (!line.startsWith(`${SESSION_COOKIE}=`)) return false;
    const expires = /expires=([^;]+)/i.exec(line)?.[1];
    return line.startsWith(`${SESSION_COOKIE}=;`) || /max-age=0/i.test(line) || Date.parse(expires ?? "") <= Date.now();
  });
}

function valuesSetBy(response: Response): string[] {
  const lines = response.headers.getSetCookie().filter((line) => line.startsWith(`${SESSION_COOKIE}=`));
  return lines.map((line) => line.slice(SESSION_COOKIE.length + 1).split(";")[0] ?? "");
}

/** What a session's row says. */
export interface StoredSession extends Record<string, unknown> {
  generation: number;
  confirmed_generation: number;
  end_reason: string | null;
}

/** A session's row as it is now. */
export async function storedSession({ query }: Pick<ServerInstances, "query">, id: string): Promise<StoredSession> {
  const statement = "SELECT generation, confirmed_generation, end_reason FROM sessions WHERE id = $1";
  const [row] = await query<StoredSession>(statement, [id]);
  if (!row) throw new Error("There is no such session.");
  return row;
}
