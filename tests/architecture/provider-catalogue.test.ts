import { describe, expect, it } from "vitest";

import { PROVIDER_IDS } from "@/lib/provider-ids";
import { PROVIDER_CATALOGUE } from "@/providers/catalogue";
import { installedProviderIds } from "@/scripts/generate-provider-catalogue";
import { ROOT } from "../support/source-files";

describe("the provider catalogue", () => {
  it("names exactly the providers of the installed next-auth (else run: npm run generate)", () => {
    const installed = installedProviderIds(ROOT);

    expect([...PROVIDER_IDS]).toEqual(installed);
    expect(Object.keys(PROVIDER_CATALOGUE).sort()).toEqual(installed);
  });

  it.each(PROVIDER_IDS)("loads %s, which is OAuth or OpenID Connect", async (id) => {
    const { default: provider } = await PROVIDER_CATALOGUE[id]();
    const options = { clientId: "id", clientSecret: "secret", issuer: "https://x.example" };
    const { type } = provider(options as never) as { type: string };

    expect(["oauth", "oidc"]).toContain(type);
  });
});
