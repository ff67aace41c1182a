import { Card } from "@/components/card";
import type { SessionDetails } from "@/features/session-overview/session-details";
import { durationInWords } from "@/lib/duration-in-words";
import { env } from "@/lib/env/env";
import { Row, Rows } from "./row";

const milliseconds = new Intl.NumberFormat("en-GB", { style: "unit", unit: "millisecond", maximumFractionDigits: 0 });
const whole = new Intl.NumberFormat("en-GB");

/** How soon a session that was ended elsewhere is refused here. */
export function FeedCard({ feed }: { feed: SessionDetails["feed"] }) {
  const bound = env().REVOCATION_MAX_STALENESS;
  return (
    <Card title="How soon an end is noticed">
      <Rows>
        <Row
          term="List of ended sessions"
          note={
            bound > 0
              ? `Read ${milliseconds.format(feed.ageMs)} ago. Nothing is decided on a list that is older than ${durationInWords(bound, "en")}.`
              : "Read anew for each decision."
          }
        >
          {feed.entries === 1 ? "1 entry" : `${whole.format(feed.entries)} entries`}
        </Row>
        <Row
          term="Oldest list so far"
          note="The oldest on which this server has decided anything since it was started."
        >
          {milliseconds.format(feed.worstStalenessMs)}
        </Row>
      </Rows>
    </Card>
  );
}
