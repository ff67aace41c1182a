import { Card } from "@/components/card";
import { CodeBlock } from "@/components/code-block";
import { FormMessage } from "@/components/form-message";
import { LocalTime } from "@/components/local-time";
import english from "@/messages/en";
import { ExpiryDialogs } from "./expiry-dialogs";
import { Shelf, Specimen } from "./specimen";

const CODE = 'import { auth } from "@/auth"; // the session\n\nconst session = await auth();';
const MOMENT = "2026-01-01T12:00:00.000Z";

/** What is said. */
export function Messages() {
  return (
    <Shelf title="Messages">
      <Specimen name="FormMessage danger">
        <FormMessage tone="danger">That didn't work. Do this instead.</FormMessage>
      </Specimen>
      <Specimen name="FormMessage success">
        <FormMessage tone="success">It is done.</FormMessage>
      </Specimen>
      <Specimen name="FormMessage info">
        <FormMessage tone="info">You should know this before you go on.</FormMessage>
      </Specimen>
      <Specimen name="ExpiryDialog: what a signed-in page says of its session's end" wide>
        <ExpiryDialogs words={english.account.expiry} />
      </Specimen>
      <Specimen name="LocalTime, exact and in words">
        <p>
          <LocalTime at={MOMENT} />
          <br />
          <LocalTime at={MOMENT}>a while ago</LocalTime>
        </p>
      </Specimen>
      <Specimen name="Card">
        <Card title="One subject">
          <p className="text-muted">What is to be said of it.</p>
        </Card>
      </Specimen>
      <Specimen name="CodeBlock">
        <CodeBlock file="app/page.tsx" code={CODE} />
      </Specimen>
    </Shelf>
  );
}
