"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireSession } from "@/app/_request/session";
import { formText } from "@/components/form-text";
import { renameAccount } from "@/features/account/rename-account";
import { ProfileSchema } from "@/features/account/schema";
import { removeAvatar, setAvatar } from "@/features/avatar/change-avatar";
import { MAX_PICTURE_BYTES } from "@/features/avatar/policy";
import { PICTURE_SENTENCES } from "./picture-sentences";

export type ProfileState =
  | { status: "idle" }
  | { status: "invalid"; fieldErrors: { name?: string[] }; values: { name: string } }
  | { status: "saved"; values: { name: string } };

export async function renameAction(_previous: ProfileState, formData: FormData): Promise<ProfileState> {
  const { user } = await requireSession("/profile");
  const values = { name: formText(formData, "name") };
  const parsed = ProfileSchema.safeParse(values);
  if (!parsed.success) return { status: "invalid", fieldErrors: z.flattenError(parsed.error).fieldErrors, values };

  const result = await renameAccount(user.id, parsed.data.name, await requestOrigin());
  if (!result.ok) {
    return { status: "invalid", fieldErrors: { name: ["Enter a name of 1 to 100 characters on one line."] }, values };
  }
  revalidatePath("/", "layout");
  return { status: "saved", values: { name: parsed.data.name } };
}

export type PictureState =
  | { status: "idle" }
  | { status: "invalid"; errors: string[] }
  | { status: "saved" }
  | { status: "removed" };

export async function pictureAction(_previous: PictureState, formData: FormData): Promise<PictureState> {
  const { user } = await requireSession("/profile");
  const origin = await requestOrigin();
  if (formData.has("remove")) {
    await removeAvatar(user.id, origin);
    revalidatePath("/", "layout");
    return { status: "removed" };
  }
  const file = formData.get("picture");
  if (!(file instanceof File) || file.size === 0) return { status: "invalid", errors: [PICTURE_SENTENCES.missing] };
  if (file.size > MAX_PICTURE_BYTES) return { status: "invalid", errors: [PICTURE_SENTENCES.too_large] };

  const result = await setAvatar(user.id, new Uint8Array(await file.arrayBuffer()), origin);
  if (!result.ok) return { status: "invalid", errors: [PICTURE_SENTENCES[result.refusal]] };
  revalidatePath("/", "layout");
  return { status: "saved" };
}
