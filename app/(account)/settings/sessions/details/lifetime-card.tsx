import { Card } from "@/components/card";
import { LocalTime } from "@/components/local-time";
import type { SessionClaims } from "@/features/session/session-claims";
import type { SessionDetails } from "@/features/session-overview/session-details";
import { durationInWords } from "@/lib/duration-in-words";
import { env } from "@/lib/env/env";
import { Row, Rows } from "./row";

export function LifetimeCard({ claims, row }: { claims: SessionClaims; row: SessionDetails["row"] }) {
  const { SESSION_ACCESS_TTL, SESSION_IDLE_TTL } = env();
  return (
    <Card title="How long it holds">
      <Rows>
        <Row
          term="Believed until"
          note={`For ${durationInWords(SESSION_ACCESS_TTL, "en")} after it was made, the cookie is believed without a look into the database. Then it is exchanged for the next one.`}
        >
          <Seconds at={claims.win} />
        </Row>
        <Row
          term="Generation"
          note={
            row.generation === claims.gen
              ? "How often it has been exchanged. The database holds the same number; an older cookie that turns up later is a copy, and ends the session."
              : `The database is at ${row.generation} already: this cookie is about to be exchanged.`
          }
        >
          {claims.gen}
        </Row>
        <Row
          term="Ends unused"
          note={`When you haven't been here for ${durationInWords(SESSION_IDLE_TTL, "en")}. Using it moves this on.`}
        >
          <LocalTime at={row.idleExpiresAt.toISOString()} />
        </Row>
        <Row term="Ends at the latest" note="However often you are here.">
          <Seconds at={claims.abs} />
        </Row>
      </Rows>
    </Card>
  );
}

function Seconds({ at }: { at: number }) {
  return <LocalTime at={new Date(at * 1000).toISOString()} />;
}
