import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { UserId } from "@/features/account/user-id";
import { addSeconds } from "@/lib/clock";
import { configuredProviders } from "@/providers/enabled-providers";
import { getProviderAccessToken } from "@/providers/get-provider-access-token";
import { connectPerson, NOW, obtainTokens, storedTokens } from "../features/provider-token/connected-person";
import { startWatchedProvider, type WatchedProvider } from "../features/provider-token/watched-provider";
import { CLIENT } from "../scripts/development/relying-party";
import { useDatabase } from "../support/database";

useDatabase();
let provider: WatchedProvider;
beforeAll(async () => {
  provider = await startWatchedProvider();
  Object.assign(process.env, {
    AUTH_OIDC_WORK_ISSUER: provider.issuer,
    AUTH_OIDC_WORK_ID: CLIENT.clientId,
    AUTH_OIDC_WORK_SECRET: CLIENT.clientSecret,
  });
});
afterAll(() => provider.close());

describe("getProviderAccessToken", () => {
  it("renews with what the environment configures, and hands out what it stored until the hour is nearly over", async () => {
    const { userId, accountId } = await connectPerson(await obtainTokens(provider.issuer, NOW));
    provider.forget();
    const renewed = await getProviderAccessToken(userId, "work", NOW);
    const { accessToken, scope, expiresAt } = (await storedTokens(accountId)) ?? {};
    expect(renewed).toEqual({ ok: true, value: { accessToken, scope, expiresAt } });
    expect(expiresAt).toEqual(addSeconds(NOW, 3600));

    expect(await getProviderAccessToken(userId, "work", addSeconds(NOW, 3540))).toEqual(renewed);
    expect(provider.tokenCalls()).toBe(1);
  });

  it("knows nothing of a provider that isn't enabled, though tokens of it are stored", async () => {
    const { userId } = await connectPerson(await obtainTokens(provider.issuer, null));
    for (const id of ["google", "credentials", ""]) {
      expect(await getProviderAccessToken(userId, id, NOW)).toEqual({ ok: false, refusal: "not_connected" });
    }
    expect(await getProviderAccessToken("0199e000-0000-7000-8000-000000000000" as UserId, "work")).toEqual({
      ok: false,
      refusal: "not_connected",
    });
  });

  it("leaves the providers' authorization requests as Auth.js makes them", async () => {
    expect((await configuredProviders()).map(({ options }) => options?.["authorization"])).toEqual([undefined]);
  });
});
