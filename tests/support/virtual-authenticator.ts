import type { CDPSession, Page } from "playwright-core";

/** A browser's own authenticator, in software, over the developer tools' protocol. */
export interface VirtualAuthenticator {
  /** What it holds. */
  credentials(): Promise<Awaited<ReturnType<typeof credentialsOf>>>;
}

/**
 * Gives a page an authenticator that keeps passkeys and verifies its person.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
 */
export async function addAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    credentials: () => credentialsOf(session, authenticatorId),
  };
}

async function credentialsOf(session: CDPSession, authenticatorId: string) {
  return (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
}
