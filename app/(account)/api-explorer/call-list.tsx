/** A request that was made, and what came of it. */
export interface Call {
  readonly id: string;
  readonly name: string;
  readonly outcome: string;
  readonly tookMs: number;
}

/** The latest requests, newest first. */
export function CallList({ calls }: { calls: readonly Call[] }) {
  if (calls.length === 0) return <p className="text-muted">Nothing was asked yet.</p>;
  return (
    <table className="w-full text-left text-[0.9375rem]">
      <caption className="sr-only">Requests, newest first</caption>
      <thead className="text-sm text-muted">
        <tr>
          <th scope="col" className="py-1.5 pr-4 font-medium">
            Request
          </th>
          <th scope="col" className="py-1.5 pr-4 font-medium">
            Outcome
          </th>
          <th scope="col" className="py-1.5 text-right font-medium">
            Took
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-border border-t border-border">
        {calls.map(({ id, name, outcome, tookMs }) => (
          <tr key={id}>
            <td className="py-2 pr-4 font-mono text-[0.8125rem]">{name}</td>
            <td className="py-2 pr-4">{outcome}</td>
            <td className="py-2 text-right whitespace-nowrap tabular-nums">{Math.round(tookMs)} ms</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
