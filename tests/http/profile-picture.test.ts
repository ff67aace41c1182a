import { describe, expect, it } from "vitest";

import { signedInClient } from "../support/accounts";
import { useServer } from "../support/server";

const server = useServer();

const VERSION = "v".repeat(43);

async function storePicture(email: string): Promise<void> {
  await server().database.query(
    `INSERT INTO avatars (user_id, version, content_type, data, updated_at)
     SELECT id, $1, 'image/webp', '\\x52494646', now() FROM users WHERE email = $2`,
    [VERSION, email],
  );
}

/** Sends a form of this many bytes as a browser without scripts does. */
async function sendForm(length: number, headers: Record<string, string> = {}) {
  const { client } = await signedInClient(server());
  const form = { "content-type": "application/x-www-form-urlencoded", ...headers };
  return await client.request("POST", "/profile", { headers: form, body: "x".repeat(length) });
}

describe("a form of more than 6 MB", () => {
  const LIMIT = 6 * 1024 * 1024;

  it("leads back to its page, which says so", async () => {
    const { status, headers } = await sendForm(LIMIT + 1);

    expect([status, headers.get("location")?.replace(server().origin, "")]).toEqual([303, "/profile?too-large=1"]);
  });

  it("is answered plainly when a script sent it", async () => {
    expect((await sendForm(LIMIT + 1, { "next-action": "x" })).status).toBe(413);
  });

  it("is not one of exactly 6 MB", async () => {
    expect((await sendForm(LIMIT)).headers.get("location")).toBeNull();
  });
});

describe("GET /avatars/{version}", () => {
  it("answers with the picture, to be kept by the browser that was shown it and taken for nothing else", async () => {
    const { account } = await signedInClient(server());
    await storePicture(account.email);
    const response = await server().client().get(`/avatars/${VERSION}`);

    expect([response.status, Buffer.from(await response.arrayBuffer()).toString()]).toEqual([200, "RIFF"]);
    const { headers } = response;
    expect({
      type: headers.get("content-type"),
      cache: headers.get("cache-control"),
      policy: headers.get("content-security-policy"),
      sniff: headers.get("x-content-type-options"),
      resource: headers.get("cross-origin-resource-policy"),
    }).toEqual({
      type: "image/webp",
      cache: "private, max-age=31536000, immutable",
      policy: "default-src 'none'; sandbox",
      sniff: "nosniff",
      resource: "same-origin",
    });
  });

  it.each(["x".repeat(43), "x", "%00", "..%2f..%2fetc%2fpasswd", `${VERSION}.svg`, `${VERSION}'--`])(
    "knows nothing at %j",
    async (version) => {
      const response = await server().client().get(`/avatars/${version}`);

      expect([response.status, response.headers.get("cache-control")]).toEqual([
        404,
        expect.stringContaining("no-store"),
      ]);
    },
  );
});
