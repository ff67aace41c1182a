import { notFound } from "next/navigation";
import { connection } from "next/server";

import { env } from "@/lib/env/env";

/**
 * The folder of the development mailbox, asked anew by every page, route and action under /dev/mailbox.
 *
 * Without one, as always in production, none of them exists: a 404, as for any address that was never there.
 */
export async function requireMailboxDirectory(): Promise<string> {
  await connection();
  const directory = env().LATCHKEY_DEV_MAILBOX;
  if (directory === undefined) notFound();
  return directory;
}
