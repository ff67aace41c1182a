import { notFound } from "next/navigation";
import { connection } from "next/server";

import { env } from "@/lib/env/env";

/** The gallery stands where the development mailbox stands: a 404 anywhere else, as in production. */
export async function requireDevelopment(): Promise<void> {
  await connection();
  if (env().LATCHKEY_DEV_MAILBOX === undefined) notFound();
}
