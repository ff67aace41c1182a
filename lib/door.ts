import { Failure } from "@/lib/failure";

/** What only the app's own part of the process knows, and the server in front of it has to. */
export interface DoorKnowledge {
  /** Origins that a form may lead to: the pages where people sign in with a provider. */
  readonly formTargets: readonly string[];
  /** Providers that answer by having the browser post a form from their site: the path it comes to, and from where. */
  readonly formPosts: ReadonlyMap<string, readonly string[]>;
}

// The server's program and Next's bundles have their own copy of this module each, and share the process.
const shared = globalThis as { latchkeyDoor?: Partial<DoorKnowledge> };

/** Says that every request of this process comes through the door (scripts/server/door.ts). Called before Next is. */
export function standAtDoor(): void {
  shared.latchkeyDoor ??= {};
}

/**
 * Tells the door what it can't know.
 *
 * @throws Failure `no_door` where there is none: without it no request from another site would be refused.
 */
export function tellDoor(knowledge: DoorKnowledge): void {
  if (!shared.latchkeyDoor)
    throw new Failure("no_door", "Latchkey answers behind its own server only: npm run serve, not next start.");
  Object.assign(shared.latchkeyDoor, knowledge);
}

/** What the door was told; nothing is open that it wasn't told of. */
export function doorKnowledge(): DoorKnowledge {
  return { formTargets: [], formPosts: new Map(), ...shared.latchkeyDoor };
}
