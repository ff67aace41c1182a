import type { CDPSession, Page } from "playwright-core";

/** A browser's own authenticator, in software, over the developer tools' protocol. */
export interface VirtualAuthenticator {
  /** What it holds. */
  credentials(): Promise<Awaited<ReturnType<typeof credentialsOf>>>;
  /** Whether it verifies whoever sits there, as a finger or a PIN would. */
  verifies(isVerified: boolean): Promise<void>;
  /** Whether whoever sits there confirms what is asked. */
  confirms(doesConfirm: boolean): Promise<void>;
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
    verifies: async (isUserVerified) => {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
    confirms: async (enabled) => {
      await session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
    },
  };
}

async function credentialsOf(session: CDPSession, authenticatorId: string) {
  return (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
}
