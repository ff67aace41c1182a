import { beforeEach, describe, expect, it } from "vitest";

import { EmailAddressSchema } from "@/features/account/email-address";
import { startProviderSignUp } from "@/features/sign-up/start-provider-sign-up";
import { verifyEmail } from "@/features/sign-up/verify-email";
import { TERMS_VERSION } from "@/features/terms/policy";
import { db } from "@/lib/db";
import { useDatabase } from "../../support/database";
import { clear, counts, mailedTokens, waitingMails } from "./mails-of";

Object.assign(process.env, {
  AUTH_OIDC_WORK_ISSUER: "http://localhost:9999",
  AUTH_OIDC_WORK_ID: "id",
  AUTH_OIDC_WORK_SECRET: "secret",
  AUTH_OIDC_WORK_LABEL: "Work & Co",
});
useDatabase();
beforeEach(clear);

const now = new Date("2026-01-01T12:00:00.000Z");
const start = (email: string, provider = "google", providerAccountId = "google-1") =>
  startProviderSignUp(
    {
      email: EmailAddressSchema.parse(email),
      name: "Ada",
      image: "https://img.test/a.png",
      provider,
      providerType: "oidc",
      providerAccountId,
    },
    now,
  );

describe("startProviderSignUp", () => {
  it("makes an account with the provider and no password, once the address is proven", async () => {
    await start("ada@x.test");
    expect(await counts()).toEqual({ users: 0, signUps: 1, tokens: 1, mails: 1 });
    const [token = ""] = await mailedTokens();
    await verifyEmail(token, now);

    expect(await db().user.findFirstOrThrow({ include: { password: true, accounts: true } })).toMatchObject({
      email: "ada@x.test",
      name: "Ada",
      image: "https://img.test/a.png",
      password: null,
      termsVersion: TERMS_VERSION,
      termsAgreedAt: now,
      accounts: [{ type: "oidc", provider: "google", providerAccountId: "google-1" }],
    });
  });

  it.each([
    ["google", "Google"],
    ["microsoft-entra-id", "Microsoft Entra Id"],
    ["work", "Work & Co"],
  ])("names the provider %s in the mail: %s", async (provider, name) => {
    await start("ada@x.test", provider);

    expect((await waitingMails())[0]?.text).toContain(`to create an account that signs in with ${name}.`);
  });

  it("never links a known address to the identity: its owner gets a mail", async () => {
    await db().user.create({ data: { email: "ada@x.test", emailVerified: now } });
    await start("ada@x.test");

    expect((await waitingMails()).map(({ kind }) => kind)).toEqual(["sign_up_known_address"]);
    expect(await counts()).toMatchObject({ signUps: 0, tokens: 0 });
    expect(await db().account.count()).toBe(0);
  });

  it("gives one identity one account, also when it confirms two addresses", async () => {
    await start("ada@x.test");
    await start("ada@y.test");
    const [first = "", second = ""] = await mailedTokens();

    expect(await verifyEmail(first, now)).toMatchObject({ ok: true });
    expect(await verifyEmail(second, now)).toEqual({ ok: false, refusal: "invalid_token" });
    expect(await counts()).toMatchObject({ users: 1, signUps: 0, tokens: 0 });
  });
});
