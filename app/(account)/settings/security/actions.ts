"use server";

import { redirect } from "next/navigation";

import { fieldErrorsOf } from "@/app/_request/field-errors";
import { requestOrigin } from "@/app/_request/request-origin";
import { requireRecentAuthentication, requireSession } from "@/app/_request/session";
import { formText } from "@/components/form-text";
import { PASSKEY_CHANGE_MAX_AGE_SECONDS } from "@/features/passkey/policy";
import { removePasskey } from "@/features/passkey/remove-passkey";
import { renamePasskey } from "@/features/passkey/rename-passkey";
import { RenamePasskeySchema } from "@/features/passkey/schema";
import { systemClock } from "@/lib/clock";

const PAGE = "/settings/security";

export type RenameState = { status: "idle" } | { status: "invalid"; errors: string[]; name: string };

export async function renamePasskeyAction(_previous: RenameState, formData: FormData): Promise<RenameState> {
  const { user, session } = await requireSession(PAGE);
  const name = formText(formData, "name");
  const typed = RenamePasskeySchema.safeParse({ name });
  if (!typed.success) return { status: "invalid", errors: (await fieldErrorsOf(typed.error)).name ?? [], name };
  const person = { userId: user.id, sessionId: session.id, origin: await requestOrigin() };
  const renamed = await renamePasskey(person, formText(formData, "id"), typed.data.name);
  redirect(`${PAGE}?passkey=${renamed.ok ? "renamed" : "gone"}#passkeys`);
}

export async function removePasskeyAction(formData: FormData): Promise<void> {
  const id = formText(formData, "id");
  const callbackUrl = `${PAGE}?remove-passkey=${encodeURIComponent(id)}`;
  const { user, session } = await requireRecentAuthentication(PASSKEY_CHANGE_MAX_AGE_SECONDS, callbackUrl);
  const person = { userId: user.id, sessionId: session.id, origin: await requestOrigin() };
  const removed = await removePasskey(person, id, systemClock());
  const outcome = removed.ok ? "removed" : removed.refusal === "not_found" ? "gone" : "last";
  redirect(`${PAGE}?passkey=${outcome}#passkeys`);
}
