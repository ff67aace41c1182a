import { fileURLToPath } from "node:url";

/** The session engine's modules, from the tree itself or from a copy with a fault planted in it. */
export interface Engine {
  readonly checkSession: typeof import("@/features/session/check-session").checkSession;
  readonly startSession: typeof import("@/features/session/start-session").startSession;
  readonly endSession: typeof import("@/features/session/end-session").endSession;
  readonly endOwnSession: typeof import("@/features/session/end-session").endOwnSession;
  readonly endSessionsOf: typeof import("@/features/session/end-session").endSessionsOf;
  readonly endSessions: typeof import("@/features/session/data").endSessions;
  readonly readFeed: typeof import("@/features/session/data").readFeed;
  readonly sealSessionCookie: typeof import("@/features/session/session-cookie").sealSessionCookie;
  readonly RevocationFeed: typeof import("@/features/session/revocation-feed").RevocationFeed;
  readonly Confirmations: typeof import("@/features/session/confirmations").Confirmations;
}

/** Where the engine stands. */
export const ENGINE_FOLDER = fileURLToPath(new URL("../../features/session", import.meta.url));

const FILES = [
  "check-session",
  "start-session",
  "end-session",
  "data",
  "session-cookie",
  "revocation-feed",
  "confirmations",
];

/** Loads the engine from a folder. Its files import each other by relative paths, so that a copy uses its own. */
export async function loadEngine(folder = ENGINE_FOLDER): Promise<Engine> {
  const modules: object[] = await Promise.all(FILES.map((file) => import(/* @vite-ignore */ `${folder}/${file}.ts`)));
  return Object.assign({}, ...modules) as Engine;
}
