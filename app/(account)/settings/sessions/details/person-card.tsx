import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import type { SessionClaims } from "@/features/session/session-claims";
import { DEFAULT_LANGUAGE } from "@/lib/i18n/languages";
import { translatorFor } from "@/lib/i18n/translator";
import { enabledProviders } from "@/providers/enabled-providers";
import { describeAssurance, describeMethod } from "../../../dashboard/sign-in-in-words";
import { Row, Rows } from "./row";

/** RFC 8176, section 2, as far as this product uses it. */
const METHODS: Readonly<Record<string, string>> = {
  pwd: "a password",
  fed: "a provider that vouched for you",
  otp: "a one-time code",
  hwk: "a key that stays in its device",
  swk: "a passkey",
  user: "a check that it was you at the device",
  mfa: "more than one factor",
};

export async function PersonCard({ claims }: { claims: SessionClaims }) {
  const proofs = claims.amr.map((method) => METHODS[method] ?? method).join(", ");
  const t = await translatorFor(DEFAULT_LANGUAGE, "account");
  return (
    <Card title="Who you are, and how it knows">
      <Rows>
        <Row term="You">{claims.name ? `${claims.name}, ${claims.email}` : claims.email}</Row>
        <Row term="Roles">{claims.roles.length > 0 ? claims.roles.join(", ") : "None"}</Row>
        <Row term="Signed in">{describeMethod(t, claims.method, await enabledProviders())}</Row>
        <Row term="Last proved" note="Some pages ask again when this is too long ago.">
          <LocalTime at={new Date(claims.auth_time * 1000).toISOString()} />
        </Row>
        <Row term="Assurance" note={`Proven by ${proofs}.`}>
          {describeAssurance(t, claims.aal)} (level {claims.aal})
        </Row>
        <Row term="Session" note="The number of this sign-in. It opens nothing by itself.">
          <code className="font-mono text-sm">{claims.sid}</code>
        </Row>
      </Rows>
    </Card>
  );
}
