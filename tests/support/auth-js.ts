import { type HttpClient, newHttpClient } from "@/attack/http-client";
import type { TestServer } from "./server";

/** Posts a form to one of Auth.js's own addresses, as its client would. */
export async function postToAuth(
  client: HttpClient,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  const { csrfToken } = (await (await client.get("/api/auth/csrf")).json()) as { csrfToken: string };
  return client.request("POST", path, {
    body: new URLSearchParams({ csrfToken, ...fields }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
}

const MAX_REDIRECTS = 10;

/**
 * Goes to the identity provider, is this person there, and comes back.
 *
 * @returns What the app answered to the provider's redirect.
 */
export async function continueWithGoogleOverHttp(
  server: TestServer,
  client: HttpClient,
  person: { name: string; email: string },
  callbackUrl = "/dashboard",
): Promise<Response> {
  const sent = await postToAuth(client, "/api/auth/signin/google", { callbackUrl });
  // The provider's own cookies: another origin's, so another jar.
  const elsewhere = newHttpClient(server.issuer);
  const pathOf = (response: Response) => {
    const { pathname, search } = new URL(response.headers.get("location") ?? "", server.issuer);
    return pathname + search;
  };
  const choicePage = pathOf(await elsewhere.get(pathOf(sent)));
  let answer = await elsewhere.request("POST", choicePage, {
    body: new URLSearchParams({ choice: "typed", verified: "yes", ...person }).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  for (let redirects = 0; redirects < MAX_REDIRECTS; redirects++) {
    const target = new URL(answer.headers.get("location") ?? "", server.issuer);
    if (target.origin === server.origin) return client.get(target.pathname + target.search);
    answer = await elsewhere.get(target.pathname + target.search);
  }
  throw new Error("The identity provider did not lead back.");
}
