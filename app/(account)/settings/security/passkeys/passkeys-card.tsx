import { ArrivalMessage } from "@/components/arrival-message";
import { Card } from "@/components/card";
import { findSignInMethods } from "@/features/account/data";
import { countSignInMethods } from "@/features/account/sign-in-methods";
import type { UserId } from "@/features/account/user-id";
import { findPasskeys } from "@/features/passkey/data";
import { systemClock } from "@/lib/clock";
import { AddPasskey } from "./add-passkey";
import { PasskeyItem } from "./passkey-item";

interface PasskeysCardProps {
  userId: UserId;
  /** The page's query, unverified. */
  query: Readonly<Record<string, string | string[] | undefined>>;
}

/** A person's passkeys: which there are, and how to add, rename and remove one. */
export async function PasskeysCard({ userId, query }: PasskeysCardProps) {
  const [passkeys, methods] = await Promise.all([findPasskeys(userId), findSignInMethods(userId)]);
  const isLastWayIn = countSignInMethods(methods) === 1;
  const now = systemClock();
  const asked = (id: string) =>
    query["rename-passkey"] === id ? "rename" : query["remove-passkey"] === id ? "remove" : null;
  return (
    <div id="passkeys" className="scroll-mt-6">
      <Card title="Passkeys">
        <p className="mb-4 text-muted">
          A passkey signs you in with your fingerprint, your face or the PIN of your device, in place of your password
          and second factor. It is never typed, so that nobody can look over your shoulder or trick you into giving it
          away.
        </p>
        <Outcome of={query["passkey"]} key={passkeys.map(({ id, name }) => `${id} ${name}`).join()} />
        {passkeys.length > 0 && (
          <ul className="divide-y divide-border border-t border-border">
            {passkeys.map((passkey) => (
              <PasskeyItem
                key={passkey.id}
                passkey={passkey}
                asked={asked(passkey.id)}
                isLastWayIn={isLastWayIn}
                now={now}
              />
            ))}
          </ul>
        )}
        <div className={passkeys.length > 0 ? "border-t border-border pt-5" : ""}>
          {/* What it says of the last one is out of date once something else was done. */}
          <AddPasskey key={[query["passkey"], query["rename-passkey"], query["remove-passkey"]].join()} />
        </div>
      </Card>
    </div>
  );
}

/** Says what was just done. */
function Outcome({ of: outcome }: { of: unknown }) {
  switch (outcome) {
    case "renamed":
      return <Told tone="success">The passkey has its new name.</Told>;
    case "removed":
      return <Told tone="success">The passkey is removed. It opens your account no more.</Told>;
    case "gone":
      return <Told tone="info">That passkey was gone already.</Told>;
    case "last":
      return <Told tone="danger">That passkey is the only way in to your account, so it was not removed.</Told>;
    default:
      return null;
  }
}

function Told(props: Parameters<typeof ArrivalMessage>[0]) {
  return (
    <div className="mb-4">
      <ArrivalMessage {...props} />
    </div>
  );
}
