/** Another instance, for instances.test.ts: gets ready, waits for the word, and asks for the token many times at once. */
import type { UserId } from "@/features/account/user-id";
import { getAccessToken } from "@/features/provider-token/get-access-token";
import { db } from "@/lib/db";
import { NOW, PROVIDER } from "./connected-person";
import { clientOf } from "./watched-provider";

export interface Order {
  readonly userId: UserId;
  readonly issuer: string;
  readonly callers: number;
}

process.on("message", async ({ userId, issuer, callers }: Order) => {
  const get = () => getAccessToken(userId, PROVIDER, clientOf(issuer), NOW);
  process.send?.(await Promise.all(Array.from({ length: callers }, get)));
});
process.on("disconnect", () => process.exit());
await db().$queryRaw`SELECT 1`;
process.send?.("ready");
