import type { IncomingHttpHeaders } from "node:http";

import { Failure } from "@/lib/failure";

/** A request as the door has put it in order. */
export interface ArrivingRequest {
  readonly method: string;
  readonly path: string;
  /** The query with its `?`; empty without one. */
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
}

/** Whether this is an address of programs, which are answered with problems, and not a page. */
export const isApi = (path: string) => path === "/api" || path.startsWith("/api/");

/** What the gate would do with a request, as far as that can be told without asking it. `redirectTo` is a path of this site. */
export type GateForecast = "passes" | { readonly redirectTo: string } | "unknown";

/** What only the app's own part of the process knows, and the server in front of it has to. */
export interface DoorKnowledge {
  /** Origins that a form may lead to: the pages where people sign in with a provider. */
  readonly formTargets: readonly string[];
  /** Providers that answer by having the browser post a form from their site: the path it comes to, and from where. */
  readonly formPosts: ReadonlyMap<string, readonly string[]>;
  /** What is foreseen is done at once, and Next asks no gate. */
  foreseeGate(request: ArrivingRequest): Promise<GateForecast>;
}

// The server's program and Next's bundles have their own copy of this module each, and share the process.
const shared = globalThis as { latchkeyDoor?: DoorKnowledge };

/** Nothing is open, and the gate is asked about everything. */
const NOTHING: DoorKnowledge = { formTargets: [], formPosts: new Map(), foreseeGate: async () => "unknown" };

/** Says that every request of this process comes through the door (scripts/server/door.ts). Called before Next is. */
export function standAtDoor(): void {
  shared.latchkeyDoor ??= { ...NOTHING };
}

/**
 * Tells the door what it can't know.
 *
 * @throws Failure `no_door` where there is none: without it no request from another site would be refused.
 */
export function tellDoor(knowledge: Partial<DoorKnowledge>): void {
  if (!shared.latchkeyDoor)
    throw new Failure("no_door", "Latchkey answers behind its own server only: npm run serve, not next start.");
  Object.assign(shared.latchkeyDoor, knowledge);
}

/** What the door was told; nothing is open that it wasn't told of. */
export function doorKnowledge(): DoorKnowledge {
  return shared.latchkeyDoor ?? NOTHING;
}
