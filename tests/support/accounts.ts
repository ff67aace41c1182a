import { randomBytes } from "node:crypto";
import type { HttpClient } from "@/attack/http-client";
import { EmailAddressSchema } from "@/features/account/email-address";
import { hashPassword } from "@/features/password/hash-password";
import { TERMS_VERSION } from "@/features/terms/policy";
import { uuidv7 } from "@/lib/uuid";
import type { TestDatabase } from "./database";
import type { TestServer } from "./server";

/** Long enough, in no list, and about nobody in these tests. */
export const GOOD_PASSWORD = "violet kettle drums past midnight";

export interface TestAccount {
  email: string;
  password: string;
  name: string;
}

/** An address that nothing else uses. */
export function newAddress(): string {
  return `person-${randomBytes(6).toString("hex")}@example.com`;
}

/** Signs up over the API, without confirming the address. */
export async function signUpOnly(server: TestServer, wanted: Partial<TestAccount> = {}): Promise<TestAccount> {
  const account = { email: newAddress(), password: GOOD_PASSWORD, name: "Test Person", ...wanted };
  const response = await server.client().post("/api/sign-up", account);
  if (response.status !== 202) throw new Error(`Sign-up answered ${response.status}: ${await response.text()}`);
  return account;
}

/** Makes an account whose address is proven, past the sign-up. */
export async function createAccount(server: TestServer, wanted: Partial<TestAccount> = {}): Promise<TestAccount> {
  const account = { email: newAddress(), password: GOOD_PASSWORD, name: "Test Person", ...wanted };
  await storeAccount(server.database, account);
  return account;
}

/** Writes a person straight into the database, and returns their id. */
export async function storeAccount(
  { query }: Pick<TestDatabase, "query">,
  { email, password, name }: TestAccount,
): Promise<string> {
  const id = uuidv7(new Date());
  const normalized = EmailAddressSchema.parse(email);
  await query(
    `WITH person AS (
      INSERT INTO users (id, email, email_verified, name, terms_version, terms_agreed_at, updated_at)
      VALUES ($1, $2, now(), $3, $5, now(), now()) RETURNING id
    ) INSERT INTO passwords (user_id, hash, updated_at) SELECT id, $4, now() FROM person`,
    [id, normalized, name, await hashOnce(password), TERMS_VERSION],
  );
  return id;
}

const hashes = new Map<string, Promise<string>>();

/** Hashes each password once in a test file, with the quicker algorithm: signing in takes either. */
function hashOnce(password: string): Promise<string> {
  process.env["PASSWORD_HASH"] = "argon2id";
  const hash = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, hash);
  return hash;
}

/** A client that is signed in with a new account. */
export async function signedInClient(server: TestServer): Promise<{ client: HttpClient; account: TestAccount }> {
  const account = await createAccount(server);
  const client = server.client();
  const { email, password } = account;
  const response = await client.post("/api/sign-in", { email, password });
  if (response.status !== 200) throw new Error(`Sign-in answered ${response.status}: ${await response.text()}`);
  return { client, account };
}
