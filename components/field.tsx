import { type ComponentProps, type ReactNode, useId } from "react";

type FieldProps = Omit<ComponentProps<"input">, "id" | "className" | "aria-describedby" | "aria-invalid"> & {
  label: string;
  name: string;
  /** What helps before typing. */
  hint?: ReactNode;
  /** What is wrong, one sentence each; none when the field is fine. */
  errors?: readonly string[] | undefined;
  /** A control inside the field's far end, such as the eye of a password field. */
  adornment?: ReactNode;
  /** What is said below while typing; not tied to the input, so it brings its own live region. */
  children?: ReactNode;
};

/**
 * A labelled input, the only one in the product: label, hint and error are tied to it by id, so that a screen reader
 * reads them with the field and a click on the label lands in it.
 */
export function Field({ label, name, hint, errors = [], adornment, children, ...input }: FieldProps) {
  const id = useId();
  const invalid = errors.length > 0;
  const describedBy = [invalid ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-[0.9375rem] font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          {...input}
          id={id}
          name={name}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy || undefined}
          className={`block min-h-11 w-full rounded-control border bg-surface px-3.5 py-2 text-base text-foreground transition-colors [unicode-bidi:plaintext] rtl:text-right placeholder:text-muted hover:border-foreground read-only:bg-background read-only:text-muted read-only:hover:border-border-strong aria-invalid:border-danger file:me-3 file:-my-1 file:-ms-2 file:min-h-9 file:cursor-pointer file:rounded-md file:border-0 file:bg-accent-soft file:px-3 file:font-medium file:text-accent aria-invalid:shadow-[inset_0_0_0_1px_var(--danger)] ${adornment ? "pe-20" : ""} border-border-strong`}
        />
        {adornment && <div className="absolute inset-y-0 end-1.5 flex items-center">{adornment}</div>}
      </div>
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
      {children}
    </div>
  );
}
