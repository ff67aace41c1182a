/** Comments, strings and a few words of TypeScript: enough colour to be read, without a highlighter in the bundle. */
const TOKENS = /(\/\/.*|"[^"\n]*"|\b(?:import|from|export|default|async|await|const|function|return)\b)/g;

function toneOf(token: string): string | undefined {
  if (token.startsWith("//")) return "text-muted";
  if (token.startsWith('"')) return "text-success";
  return /^(?:import|from|export|default|async|await|const|function|return)$/.test(token) ? "text-accent" : undefined;
}

/** Code to read or copy, under the name of the file it belongs in. It scrolls by itself, and so by keyboard too. */
export function CodeBlock({ file, code }: { file: string; code: string }) {
  return (
    <figure dir="ltr" className="overflow-hidden rounded-card border border-border bg-surface">
      <figcaption className="border-b border-border px-5 py-2.5 font-mono text-xs text-muted">{file}</figcaption>
      <section
        aria-label={file}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard, in every browser
        tabIndex={0}
        className="overflow-x-auto"
      >
        <pre className="w-max px-5 py-4 font-mono text-[0.8125rem] leading-relaxed">
          <code>
            {code.split(TOKENS).map((token, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a constant text never move
              <span key={index} className={toneOf(token)}>
                {token}
              </span>
            ))}
          </code>
        </pre>
      </section>
    </figure>
  );
}
