import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";

import type { Confirmations } from "@/features/session/confirmations";
import type { RevocationFeed } from "@/features/session/revocation-feed";
import { PrismaClient } from "@/lib/generated/prisma/client";

/** The database as one instance meets it: "cut" carries the statement out and loses the answer. */
export type Weather = "up" | "away" | "cut";

/** What a running server keeps for itself. Several of them in one process are as many servers over one database. */
export interface Instance {
  readonly name: string;
  readonly client: PrismaClient;
  feed: RevocationFeed;
  confirmations: Confirmations;
  weather: Weather;
}

const running = new AsyncLocalStorage<Instance>();

/** Runs `work`, and all that it starts, as this instance. */
export function on<Value>(instance: Instance, work: () => Value): Value {
  return running.run(instance, work);
}

/** The features find what a process has only one of on `globalThis`; so each instance finds its own there. */
const OF_AN_INSTANCE: Record<string, (instance: Instance) => unknown> = {
  latchkeyRevocationFeed: (instance) => instance.feed,
  latchkeyConfirmations: (instance) => instance.confirmations,
  latchkeyDatabase: databaseOf,
};

/** Makes `on` work in this test file. What runs outside of `on` keeps its own. */
export function installInstances(): void {
  for (const [name, find] of Object.entries(OF_AN_INSTANCE)) {
    let outside: unknown;
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => {
        const instance = running.getStore();
        return instance ? find(instance) : outside;
      },
      set: (value) => {
        outside = value;
      },
    });
  }
}

/** A client of its own, with a small pool, for one instance. Disconnect it. */
export function newClient(url: string, connections = 4): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: connections }) });
}

function databaseOf({ client, weather }: Instance): PrismaClient {
  if (weather === "away") throw new Error("the database is away");
  return weather === "cut" ? cutOff(client) : client;
}

/** Lets every call happen, and its answer get lost. */
function cutOff<Target extends object>(target: Target): Target {
  return new Proxy(target, {
    get(of, property) {
      const value: unknown = Reflect.get(of, property);
      if (typeof value === "object" && value !== null) return cutOff(value);
      if (typeof value !== "function") return value;
      return async (...args: unknown[]) => {
        await Reflect.apply(value, of, args);
        throw new Error("the connection was cut before the answer came");
      };
    },
  });
}
