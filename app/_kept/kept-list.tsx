import { whatIsKept } from "@/features/clean-up/what-is-kept";

/** What is stored about a person, and until when. */
export function KeptList() {
  return (
    <dl className="flex flex-col divide-y divide-border">
      {whatIsKept().map(({ what, until }) => (
        <div key={what} className="py-3">
          <dt className="font-medium">{what}</dt>
          <dd className="mt-0.5 text-muted">{until}</dd>
        </div>
      ))}
    </dl>
  );
}
