import { type Report, type ReportedAttack, sentence, WORDS } from "./report";

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d9dde3, #333a44); --quiet: light-dark(#57606a, #9aa4b2);
  --held: light-dark(#116329, #7ee2a0); --fell: light-dark(#b3140f, #ff9b94); --broken: light-dark(#8a4b00, #f5c26b); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 70rem; font: 1rem/1.5 system-ui, sans-serif;
  background: light-dark(#fff, #14171c); color: light-dark(#1b1f24, #e8ebef); }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; text-wrap: balance; }
p { margin: .4rem 0; color: var(--quiet); max-width: 46rem; overflow-wrap: anywhere; }
dl { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.75rem 0; }
dl div { min-width: 8.5rem; padding: .7rem 1rem; border: 1px solid var(--line); border-radius: .6rem; }
dt { color: var(--quiet); font-size: .85rem; }
dd { margin: 0; font-size: 1.6rem; font-weight: 600; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: left; padding-bottom: .5rem; font-weight: 600; }
th, td { padding: .55rem .75rem .55rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-size: .85rem; color: var(--quiet); font-weight: 500; }
td:first-child { font-variant-numeric: tabular-nums; white-space: nowrap; }
td:nth-child(2) { white-space: nowrap; font-weight: 600; }
small { display: block; color: var(--quiet); font-size: .85rem; overflow-wrap: anywhere; }
.held { color: var(--held); } .fell { color: var(--fell); } .broken { color: var(--broken); } .not_applicable { color: var(--quiet); }
@media (max-width: 40rem) {
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tr { display: grid; grid-template-columns: 4rem 1fr; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  td { border: 0; padding: 0; } td:last-child { grid-column: 1 / -1; padding-top: .2rem; }
}`;

/** The report as one page that needs nothing else. What fell comes first. */
export function htmlReport(report: Report): string {
  const { target, instances, beganAt, counts } = report;
  const order = ["fell", "broken", "held", "not_applicable"];
  const attacks = [...report.attacks].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  const where = instances.length > 1 ? `${instances.length} instances: ${instances.join(", ")}` : instances.join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(`Attack report: ${target}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Attack report: ${escapeMarkup(target)}</h1>
<p>${escapeMarkup(sentence(report))}.</p>
<p>Begun at <time datetime="${escapeMarkup(beganAt)}">${escapeMarkup(beganAt.replace("T", " ").slice(0, 16))} UTC</time>, over ${escapeMarkup(where)}. “Held” says that this attack failed this time, and no more than that.</p>
<dl>
${(["held", "fell", "broken", "not_applicable"] as const).map((outcome) => `<div><dt>${capital(outcome)}</dt><dd class="${outcome}">${counts[outcome]}</dd></div>`).join("\n")}
</dl>
<table>
<caption>All attacks, the worst news first</caption>
<thead><tr><th scope="col">Number</th><th scope="col">Outcome</th><th scope="col">Attack</th></tr></thead>
<tbody>
${attacks.map(row).join("\n")}
</tbody>
</table>
</main>
</body>
</html>
`;
}

function row({ id, outcome, title, source, reason, heldBy }: ReportedAttack): string {
  const lines = [
    ...(reason ? [reason] : []),
    ...(heldBy && !reason.includes(heldBy) ? [`Seen from inside by ${heldBy}`] : []),
    source,
  ];
  const notes = lines
    .map((line) => `<small>${escapeMarkup(line.charAt(0).toUpperCase() + line.slice(1))}</small>`)
    .join("");
  return `<tr><td>${id}</td><td class="${outcome}">${capital(outcome)}</td><td>${escapeMarkup(title)}${notes}</td></tr>`;
}

function capital(outcome: ReportedAttack["outcome"]): string {
  const words = WORDS[outcome].toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What a hostile target answered stands in the report, and must do nothing there. */
function escapeMarkup(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
