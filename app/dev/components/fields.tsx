import { EmailField } from "@/components/email-field";
import { Field } from "@/components/field";
import { PasswordField } from "@/components/password-field";
import { SelectField } from "@/components/select-field";
import { Shelf, Specimen } from "./specimen";

const SEASONS = [
  { label: "", options: [{ value: "", label: "None" }] },
  { label: "Warm", options: ["Spring", "Summer"].map((name) => ({ value: name, label: name })) },
  { label: "Cold", options: ["Autumn", "Winter"].map((name) => ({ value: name, label: name })) },
];
const ERROR = ["This is not how it has to be: do that instead."];

/** What is filled in. No form stands around them, so nothing can be sent. */
export function Fields() {
  return (
    <Shelf title="Fields">
      <Specimen name="Field, empty, with a hint">
        <Field label="Your name" name="name" hint="As you want to be called." placeholder="Ada Lovelace" />
      </Specimen>
      <Specimen name="Field, filled in">
        <Field label="Your name" name="name" defaultValue="Ada Lovelace" />
      </Specimen>
      <Specimen name="Field, refused">
        <Field label="Your name" name="name" defaultValue="Ada" errors={ERROR} hint="As you want to be called." />
      </Specimen>
      <Specimen name="Field, read only">
        <Field label="Your name" name="name" defaultValue="Ada Lovelace" readOnly />
      </Specimen>
      <Specimen name="Field, for a file">
        <Field label="A picture" name="picture" type="file" />
      </Specimen>
      <Specimen name="EmailField: leave it with a misspelt provider">
        <EmailField label="E-mail address" name="email" autoComplete="off" defaultValue="ada@gmial.com" />
      </Specimen>
      <Specimen name="PasswordField">
        <PasswordField label="Password" name="password" autoComplete="off" />
      </Specimen>
      <Specimen name="PasswordField, shown and refused">
        <PasswordField label="Password" name="password" autoComplete="off" revealed errors={ERROR} />
      </Specimen>
      <Specimen name="SelectField">
        <SelectField label="Season" name="locale" groups={SEASONS} hint="The one that you like best." />
      </Specimen>
      <Specimen name="SelectField, refused">
        <SelectField label="Season" name="locale" groups={SEASONS} errors={ERROR} />
      </Specimen>
    </Shelf>
  );
}
