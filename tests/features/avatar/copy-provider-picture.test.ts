import type { RequestListener } from "node:http";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { copyProviderPicture } from "@/features/avatar/copy-provider-picture";
import { findAvatar, findOfferedPictures } from "@/features/avatar/data";
import { signInWithProvider } from "@/features/sign-in/sign-in-with-provider";
import { db } from "@/lib/db";
import { listenOnLoopback } from "@/scripts/development/identity-provider/listen-on-loopback";
import { useDatabase } from "../../support/database";
import { colourAt, halves } from "./pictures";

useDatabase();

const ORIGIN = { ip: "192.0.2.1", userAgent: "Firefox" };

const provider = await listenOnLoopback(0);
const asked = vi.fn<RequestListener>();
for (const server of provider.servers) server.on("request", (request, response) => asked(request, response));
afterAll(() => provider.close());

/** Signs in with a provider that tells of this picture. */
async function signIn(image: string | null, person = "ada"): Promise<UserId> {
  const told = { provider: "google", providerType: "oidc", providerAccountId: person, name: null, tokens: null, image };
  const email = `${person}@x.test`;
  const profile = { email, email_verified: true };
  const signedIn = await signInWithProvider({ ...told, email, profile }, new Date(), ORIGIN);
  if (!signedIn.ok) throw new Error(signedIn.refusal);
  return signedIn.value.userId;
}
const at = (path: string) => `http://localhost:${provider.port}${path}`;
const offerOf = async (userId: UserId) => (await findOfferedPictures(userId))[0]?.id ?? "";
const imageOf = async (id: UserId) => (await db().user.findUniqueOrThrow({ where: { id } })).image;

beforeEach(async () => {
  await db().user.deleteMany();
  asked.mockReset();
});

describe("copyProviderPicture", () => {
  it("makes a copy of the picture that the provider told of last, asked for once and without a word of who asks", async () => {
    const file = await halves(8, 8).as("png");
    const headers: unknown[] = [];
    asked.mockImplementation((request, response) => {
      headers.push(request.url, request.headers.cookie, request.headers.referer);
      response.end(file);
    });
    await signIn(at("/before.png"));
    const userId = await signIn(at("/now.png"));

    expect(await copyProviderPicture(userId, await offerOf(userId), ORIGIN)).toEqual({ ok: true, value: null });
    expect(headers).toEqual(["/now.png", undefined, undefined]);
    const image = (await imageOf(userId)) ?? "";
    const stored = await findAvatar(image.slice("/avatars/".length));
    expect(stored && (await colourAt(stored.data, 1, 1))).toBe("red");
  });

  it("offers nothing once the provider tells of none", async () => {
    const userId = await signIn(at("/now.png"));
    const offer = await offerOf(userId);
    await signIn(null);

    expect(await findOfferedPictures(userId)).toEqual([]);
    expect(await copyProviderPicture(userId, offer, ORIGIN)).toEqual({ ok: false, refusal: "no_picture" });
  });

  it("takes nobody else's connection for one's own, nor what is no connection (A13)", async () => {
    const theirs = await offerOf(await signIn(at("/theirs.png"), "grace"));
    const userId = await signIn(null);

    for (const id of [theirs, "", "x", "../", "0".repeat(10_000)]) {
      expect(await copyProviderPicture(userId, id, ORIGIN)).toEqual({ ok: false, refusal: "no_picture" });
    }
    expect(asked).not.toHaveBeenCalled();
  });

  it.each<[string, string, RequestListener]>([
    ["a redirect to elsewhere (A69)", "not_fetched", (_, response) => response.writeHead(302, { location: "/" }).end()],
    ["a page that says it is gone", "not_fetched", (_, response) => response.writeHead(404).end()],
    ["more than 5 MB (A69)", "not_fetched", (_, response) => response.end(Buffer.alloc(5 * 1024 * 1024 + 1))],
    ["a document (A69)", "unsupported_type", (_, response) => response.end("<svg/>")],
    ["half a file", "unreadable", (_, response) => response.end(Buffer.from("ffd8ffe000104a464946", "hex"))],
  ])("changes nothing when %s comes", async (_answer, refusal, listener) => {
    asked.mockImplementation(listener);
    const userId = await signIn(at("/picture.png"));
    const before = await imageOf(userId);

    expect(await copyProviderPicture(userId, await offerOf(userId), ORIGIN)).toEqual({ ok: false, refusal });
    expect(await imageOf(userId)).toBe(before);
  });

  it.each([
    "javascript:alert(1)",
    "file:///etc/passwd",
    "http://192.0.2.1/x.png",
    `https://x.test/${"x".repeat(2048)}`,
  ])("isn't offered for %s (A69)", async (address) => {
    expect(await findOfferedPictures(await signIn(address))).toEqual([]);
  });
});
