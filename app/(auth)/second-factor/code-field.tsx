import { Field } from "@/components/field";

interface CodeFieldProps {
  label: string;
  hint?: string;
  errors?: readonly string[] | undefined;
  /** Whether letters may come, as in a recovery code: another keyboard on telephones. */
  letters?: boolean;
}

/** Where a code is typed. Telephones and password managers fill it in by its `autoComplete`. */
export function CodeField({ label, hint, errors, letters = false }: CodeFieldProps) {
  return (
    <Field
      label={label}
      name="code"
      inputMode={letters ? "text" : "numeric"}
      autoComplete={letters ? "off" : "one-time-code"}
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={64}
      hint={hint}
      errors={errors}
    />
  );
}
