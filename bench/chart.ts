import type { Results, Table } from "./measured";

const WIDTH = 760;
const LABEL_WIDTH = 210;
const BAR_HEIGHT = 18;
const ROW_HEIGHT = 26;
const TITLE_HEIGHT = 44;
const VALUE_WIDTH = 90;

/** The scenarios that are drawn. */
const DRAWN = ["json", "page", "session", "refused"];

/** Answers a second of each application, as an image for the documentation, legible on light and on dark. */
export function chartOf({ requests }: Results): string {
  const tables = DRAWN.flatMap((name) => requests[name] ?? []);
  let top = 0;
  const groups = tables.map((table) => {
    const group = groupOf(table, top);
    top += TITLE_HEIGHT + table.rows.length * ROW_HEIGHT;
    return group;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top + 12}" role="img" aria-label="Answers a second of each application, by scenario">
<style>
text { font: 14px system-ui, sans-serif; fill: #1c2024; }
.title { font-weight: 600; }
.bar { fill: #9aa4ae; }
.own { fill: #0f766e; }
@media (prefers-color-scheme: dark) { text { fill: #e6e8ea; } .bar { fill: #5b656f; } .own { fill: #2dd4bf; } }
</style>
${groups.join("\n")}
</svg>
`;
}

function groupOf({ title, rows }: Table, top: number): string {
  const most = Math.max(...rows.map((row) => row.perSecond));
  const room = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
  const bars = rows.map(({ name, perSecond }, index) => {
    const y = top + TITLE_HEIGHT + index * ROW_HEIGHT;
    const width = Math.max(1, Math.round((perSecond / most) * room));
    return [
      `<text x="${LABEL_WIDTH - 10}" y="${y + 14}" text-anchor="end">${name}</text>`,
      `<rect class="bar${name === "Latchkey" ? " own" : ""}" x="${LABEL_WIDTH}" y="${y}" width="${width}" height="${BAR_HEIGHT}" rx="3"/>`,
      `<text x="${LABEL_WIDTH + width + 8}" y="${y + 14}">${perSecond.toFixed(0)}/s</text>`,
    ].join("");
  });
  return `<text class="title" x="0" y="${top + 28}">${title}</text>\n${bars.join("\n")}`;
}
