import { getTranslations, getWords } from "@/app/_request/translations";
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
  const t = await getTranslations("security");
  const asked = (id: string) =>
    query["rename-passkey"] === id ? "rename" : query["remove-passkey"] === id ? "remove" : null;
  return (
    <div id="passkeys" className="scroll-mt-6">
      <Card title={t("passkeys.title")}>
        <p className="mb-4 text-muted">{t("passkeys.intro")}</p>
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
          <AddPasskey
            key={[query["passkey"], query["rename-passkey"], query["remove-passkey"]].join()}
            words={await getWords("security.passkeys.add")}
          />
        </div>
      </Card>
    </div>
  );
}

const TONES = { renamed: "success", removed: "success", gone: "info", last: "danger" } as const;

/** Says what was just done. */
async function Outcome({ of: outcome }: { of: unknown }) {
  if (outcome !== "renamed" && outcome !== "removed" && outcome !== "gone" && outcome !== "last") return null;
  const t = await getTranslations("security");
  return (
    <div className="mb-4">
      <ArrivalMessage tone={TONES[outcome]}>{t(`passkeys.outcomes.${outcome}`)}</ArrivalMessage>
    </div>
  );
}
