import { type ComponentProps, useId } from "react";

/** What can be chosen, under a heading where there are many. */
export interface OptionGroup {
  /** Empty: no heading. */
  label: string;
  options: readonly { value: string; label: string; lang?: string }[];
}

type SelectFieldProps = Omit<ComponentProps<"select">, "id" | "className" | "children" | "aria-describedby"> & {
  label: string;
  name: string;
  groups: readonly OptionGroup[];
  hint?: string;
  errors?: readonly string[] | undefined;
};

/** A labelled list to choose one from, with hint and error tied to it as in `Field`. */
export function SelectField({ label, name, groups, hint, errors = [], ...select }: SelectFieldProps) {
  const id = useId();
  const invalid = errors.length > 0;
  const describedBy = [invalid ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-[0.9375rem] font-medium">
        {label}
      </label>
      <select
        {...select}
        id={id}
        name={name}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy || undefined}
        className="block min-h-11 w-full rounded-control border border-border-strong bg-surface px-3 py-2 text-base text-foreground transition-colors hover:border-foreground aria-invalid:border-danger"
      >
        {groups.map((group) =>
          group.label === "" ? (
            <Options key="" options={group.options} />
          ) : (
            <optgroup key={group.label} label={group.label}>
              <Options options={group.options} />
            </optgroup>
          ),
        )}
      </select>
      {invalid && (
        <p id={`${id}-error`} className="text-sm font-medium text-danger">
          {errors.join(" ")}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

function Options({ options }: Pick<OptionGroup, "options">) {
  return options.map(({ value, label, lang }) => (
    <option key={value} value={value} lang={lang}>
      {label}
    </option>
  ));
}
