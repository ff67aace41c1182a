import { describe, expect, it } from "vitest";

import { useServer } from "../support/server";

const server = useServer();

describe("signing in by mail", () => {
  it("is not there unless MAGIC_LINK is on", async () => {
    const signIn = await server().client().get("/sign-in");
    const page = await server().client().get("/magic-link");

    expect(await signIn.text()).not.toContain("/magic-link");
    expect([page.status, await page.text()]).toEqual([404, expect.not.stringContaining("Mail me a link")]);
  });
});
