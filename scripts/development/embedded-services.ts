import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { brand } from "@/brand";
import { parseProviders } from "@/lib/env/providers";
import { isLoopback } from "@/lib/loopback";
import { withProgress } from "../progress.mjs";
import { startEmbeddedPostgres } from "./embedded-postgres";
import { freePort } from "./free-port";
import { startIdentityProvider } from "./identity-provider";
import { startMailCatcher } from "./mail-catcher";

const IDENTITY_PROVIDER_CLIENT = { clientId: "latchkey-development", clientSecret: "latchkey-development-only" };

interface Service {
  /** What the app is told of it. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/**
 * Starts a stand-in for each service that the settings don't name, and nothing for those that they do.
 *
 * @returns The variables that lead the app to them, and how to stop them all.
 */
export async function startEmbeddedServices(options: {
  settings: Record<string, string | undefined>;
  dataFolder: string;
}): Promise<Service> {
  const { settings, dataFolder } = options;
  const authUrl = settings["AUTH_URL"] || `http://localhost:${settings["PORT"]}`;
  const local = URL.canParse(authUrl) && isLoopback(new URL(authUrl));
  const started: Service[] = [];
  const stop = async () => {
    for (const service of started.toReversed()) await service.stop();
  };
  try {
    if (!settings["DATABASE_URL"]) started.push(await withProgress("Starting PostgreSQL", () => database(dataFolder)));
    if (!settings["EMAIL_SERVER"]) started.push(await mailbox(dataFolder, local));
    if (!settings["AUTH_GOOGLE_ID"] && local) started.push(await identityProvider(dataFolder, authUrl, settings));
  } catch (error) {
    await stop();
    throw error;
  }
  const found = Object.assign(
    { AUTH_URL: authUrl, PORT: settings["PORT"] ?? "", LATCHKEY_LOOPBACK_ONLY: "1" },
    ...started.map((service) => service.environment),
  );
  return {
    environment: { EMAIL_FROM: `${brand.name} <no-reply@latchkey.localhost>`, ...definedOnly(settings), ...found },
    stop,
  };
}

const definedOnly = (settings: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(settings).filter((entry): entry is [string, string] => Boolean(entry[1])));

async function database(dataFolder: string): Promise<Service> {
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(dataFolder, "postgres"), durable: true });
  return { environment: { DATABASE_URL: postgres.url }, stop: postgres.stop };
}

async function mailbox(dataFolder: string, local: boolean): Promise<Service> {
  const directory = join(dataFolder, "mailbox");
  const { url, close } = await startMailCatcher({ directory });
  return { environment: { EMAIL_SERVER: url, ...(local ? { LATCHKEY_DEV_MAILBOX: directory } : {}) }, stop: close };
}

async function identityProvider(
  dataFolder: string,
  authUrl: string,
  settings: Record<string, string | undefined>,
): Promise<Service> {
  // The same address at each start, so that the issuer of what is linked stays the same.
  const memory = join(dataFolder, "identity-provider.port");
  const port = await freePort(existsSync(memory) ? Number(readFileSync(memory, "utf8")) : undefined);
  writeFileSync(memory, String(port));
  const { clientId, clientSecret } = IDENTITY_PROVIDER_CLIENT;
  const { issuer, close } = await startIdentityProvider({
    ...{ port, clientId, clientSecret },
    redirectUris: ["google", ...namedByHand(settings, authUrl, port)].map(
      (id) => new URL(`/api/auth/callback/${id}`, authUrl).href,
    ),
    postLogoutRedirectUris: [new URL("/", authUrl).href, new URL("/sign-in?signed-out=1", authUrl).href],
    backChannelLogoutUri: new URL("/api/auth/back-channel-logout/google", authUrl).href,
  });
  return {
    environment: {
      AUTH_GOOGLE_ID: clientId,
      AUTH_GOOGLE_SECRET: clientSecret,
      AUTH_GOOGLE_ISSUER: issuer,
      LATCHKEY_DEV_IDENTITY_PROVIDER: issuer,
    },
    stop: close,
  };
}

/** Providers whose `…_ISSUER` is this very server, so that "any OpenID Connect issuer" can be tried without another one. */
function namedByHand(settings: Record<string, string | undefined>, authUrl: string, port: number): string[] {
  const here = `http://localhost:${port}`;
  return parseProviders(settings, new URL(authUrl), [])
    .filter(({ issuer }) => issuer === here)
    .map(({ id }) => id);
}
