import { redirect } from "next/navigation";

import { requireSession } from "@/app/_request/session";

export default async function SettingsPage() {
  await requireSession("/settings");
  redirect("/settings/security");
}
