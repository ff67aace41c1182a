import { randomBytes } from "node:crypto";

import type { HttpClient } from "./http-client";
import { tokenIn } from "./mails";
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

/** Signs up over the API, reads the mail and confirms the address. */
export async function createAccount(server: TestServer, wanted: Partial<TestAccount> = {}): Promise<TestAccount> {
  const account = await signUpOnly(server, wanted);
  const token = tokenIn(await server.mails.next(account.email.trim().toLowerCase()), "/verify-email");
  const response = await server.client().post("/api/verify-email", { token });
  if (response.status !== 200) throw new Error(`Confirming answered ${response.status}: ${await response.text()}`);
  return account;
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
