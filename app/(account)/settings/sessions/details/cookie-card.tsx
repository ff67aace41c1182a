import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import type { SessionDetails } from "@/features/session-overview/session-details";
import { Row, Rows } from "./row";

/** The cookie as the browser keeps it. The flags are those that it was set with: browsers don't send them back. */
export function CookieCard({ cookie }: { cookie: SessionDetails["cookie"] }) {
  const { name, sizeBytes, secure, keptUntil } = cookie;
  return (
    <Card title="The cookie itself">
      <Rows>
        <Row term="Name">
          <code className="font-mono text-sm break-all">{name}</code>
        </Row>
        <Row term="Size" note="Sent with each request, so it is kept below 1 KB.">
          {sizeBytes} bytes
        </Row>
        <Row term="Kept until">{keptUntil ? <LocalTime at={keptUntil.toISOString()} /> : "You close the browser"}</Row>
        <Row term="HttpOnly" note="No script can read it, so one that is smuggled into a page can't carry it away.">
          Yes
        </Row>
        <Row
          term="Secure"
          note={
            secure
              ? "Sent over https only, so nobody on the way can read it."
              : "This site runs on plain http, which it does on its own machine only."
          }
        >
          {secure ? "Yes" : "No"}
        </Row>
        <Row
          term="SameSite"
          note="Not sent with what other sites make your browser post or load, so they can't act in your name. A link to here brings it along."
        >
          Lax
        </Row>
        <Row term="Path" note="For all of this site alike, as its https prefix asks for.">
          /
        </Row>
        <Row
          term="Prefix"
          note={
            secure
              ? "Browsers take a cookie of such a name only from this very host over https, so a neighbouring one can't plant its own."
              : "Over https it is __Host-, which keeps neighbouring hosts from planting a cookie of their own."
          }
        >
          {secure ? "__Host-" : "None"}
        </Row>
      </Rows>
    </Card>
  );
}
