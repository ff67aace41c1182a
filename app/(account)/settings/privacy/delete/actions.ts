"use server";

import { redirect } from "next/navigation";

import { requestOrigin } from "@/app/_request/request-origin";
import { requireStepUp } from "@/app/_request/session";
import { getTranslations } from "@/app/_request/translations";
import { signOut } from "@/auth";
import { formText } from "@/components/form-text";
import { findSignInMethods } from "@/features/account/data";
import { requestDeletion } from "@/features/account-deletion/request-deletion";
import { isRateLimited } from "@/features/rate-limit/rate-limited";
import { limitSentence } from "@/features/rate-limit/sentences";
import { SignInSchema } from "@/features/sign-in/schema";
import { epochSeconds, systemClock } from "@/lib/clock";
import { sayFieldMessage } from "@/lib/i18n/field-message";

const PAGE = "/settings/privacy/delete";

export type DeleteState = { status: "idle" } | { status: "invalid"; errors: string[] };

export async function deleteAccountAction(_previous: DeleteState, formData: FormData): Promise<DeleteState> {
  const { user, session } = await requireStepUp(PAGE);
  const { password: hasPassword } = await findSignInMethods(user.id);
  const password = hasPassword ? SignInSchema.shape.password.safeParse(formText(formData, "password")) : null;
  const t = await getTranslations("rules");
  if (password && !password.success) {
    return { status: "invalid", errors: password.error.issues.map((issue) => sayFieldMessage(t, issue.message)) };
  }
  const authTime = epochSeconds(new Date(session.authTime));
  const who = { userId: user.id, sessionId: session.id, origin: await requestOrigin() };
  const requested = await requestDeletion({ ...who, authTime, password: password?.data ?? null }, systemClock());
  if (!requested.ok) {
    if (isRateLimited(requested.refusal)) return { status: "invalid", errors: [limitSentence(t, requested.refusal)] };
    if (requested.refusal === "invalid_credentials") {
      const account = await getTranslations("account");
      return { status: "invalid", errors: [account("deletion.wrongPassword")] };
    }
    redirect(`/re-authenticate?callbackUrl=${encodeURIComponent(PAGE)}`);
  }
  // Its session has ended; what is left is to have the browser forget the cookie.
  return await signOut({ redirectTo: "/sign-in?deletion=requested" });
}
