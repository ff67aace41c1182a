import { ArrivalMessage } from "@/components/arrival-message";
import { Card } from "@/components/card";
import { LinkButton } from "@/components/link-button";
import { findSignInMethods } from "@/features/account/data";
import type { UserId } from "@/features/account/user-id";

interface PasswordCardProps {
  userId: UserId;
  /** From the address: `changed` or `set` when that was just done. Unverified. */
  done: unknown;
}

/** Whether there is a password, and the way to change or set it. */
export async function PasswordCard({ userId, done }: PasswordCardProps) {
  const { password: hasPassword } = await findSignInMethods(userId);
  return (
    <>
      {(done === "changed" || done === "set") && (
        <ArrivalMessage tone="success">
          {done === "changed" ? "Your password is changed." : "Your password is set."} You are signed out everywhere but
          here, and we have sent you a mail about it.
        </ArrivalMessage>
      )}
      <Card title="Password">
        <p className="mb-5 text-muted">
          {hasPassword
            ? "You can sign in with your e-mail address and a password. Changing it signs you out everywhere but here."
            : "Your account has no password: you sign in another way. You can add one."}
        </p>
        <LinkButton href="/settings/security/password" variant="secondary">
          {hasPassword ? "Change password" : "Set a password"}
        </LinkButton>
      </Card>
    </>
  );
}
