"use server";

import { redirect } from "next/navigation";

import { emptyMailbox } from "@/features/dev-mailbox/remove-messages";
import { requireMailboxDirectory } from "./mailbox-directory";

/** Removes every mail from the development mailbox. */
export async function emptyMailboxAction(): Promise<void> {
  await emptyMailbox(await requireMailboxDirectory());
  redirect("/dev/mailbox");
}
