import { Shelf, Specimen } from "./specimen";

// Written out, since Tailwind finds the classes by reading.
const COLOURS = [
  ["background", "bg-background"],
  ["surface", "bg-surface"],
  ["foreground", "bg-foreground"],
  ["muted", "bg-muted"],
  ["border", "bg-border"],
  ["border-strong", "bg-border-strong"],
  ["accent", "bg-accent"],
  ["accent-hover", "bg-accent-hover"],
  ["on-accent", "bg-on-accent"],
  ["accent-soft", "bg-accent-soft"],
  ["danger", "bg-danger"],
  ["danger-soft", "bg-danger-soft"],
  ["success", "bg-success"],
  ["success-soft", "bg-success-soft"],
  ["ring", "bg-ring"],
] as const;

/** What all of them are made of. */
export function Tokens() {
  return (
    <Shelf title="Tokens">
      <Specimen name="Colours" wide>
        <ul className="grid grid-cols-2 gap-4 sm:grid-cols-5">
          {COLOURS.map(([name, style]) => (
            <li key={name} className="text-sm">
              <div className={`mb-1.5 h-12 rounded-control border border-border-strong ${style}`} />
              {name}
            </li>
          ))}
        </ul>
      </Specimen>
      <Specimen name="Type">
        <p className="text-3xl leading-tight font-semibold">A page's name</p>
        <p className="text-2xl leading-tight font-semibold">A sheet's name</p>
        <p className="text-lg">A subject's name</p>
        <p>What there is to say</p>
        <p className="text-[0.9375rem]">Controls and their labels</p>
        <p className="text-sm text-muted">Hints and notes</p>
        <p className="font-mono text-xs text-muted">codes and names of files</p>
      </Specimen>
      <Specimen name="Corners and shadows">
        <div className="flex flex-wrap gap-5">
          <div className="grid size-28 place-items-center rounded-control border border-border bg-surface text-sm">
            control
          </div>
          <div className="grid size-28 place-items-center rounded-card border border-border bg-surface text-sm shadow-card">
            card
          </div>
          <div className="grid size-28 place-items-center rounded-card border border-border bg-surface text-sm shadow-float">
            float
          </div>
        </div>
      </Specimen>
    </Shelf>
  );
}
