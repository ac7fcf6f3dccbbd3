"use client";
import { useRef, type SubmitEvent } from "react";
import { Button } from "#app/_ui/button.tsx";
import { classes } from "#app/_ui/classes.ts";
import { fieldId } from "#app/_ui/field-id.ts";
import { describedBy, FieldFrame } from "#app/_ui/field-frame.tsx";
import field from "#app/_ui/field.module.css";
import form from "#app/_ui/form.module.css";
import type { SignInWords } from "./words.ts";

/**
 * Name and password for the homeserver. The inputs have no `name` and the form's method is "dialog": even if script
 * breaks, the browser has nothing to send and nowhere to send it.
 */
export function PasswordForm({
  name,
  onName,
  onSubmit,
  busy,
  working,
  errors,
  words,
}: {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onSubmit: (password: string) => void;
  readonly busy: boolean;
  readonly working: boolean;
  readonly errors: Readonly<Record<string, string>>;
  readonly words: SignInWords;
}) {
  const password = useRef<HTMLInputElement>(null);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!busy) onSubmit(password.current?.value ?? "");
  };
  const common = (key: "name" | "password", hint: string) => ({
    id: fieldId(key),
    className: classes(field.input, field.full),
    "aria-invalid": errors[key] ? true : undefined,
    "aria-describedby": describedBy(key, hint, errors[key]),
    autoCapitalize: "none",
    autoCorrect: "off",
    spellCheck: false,
  });
  return (
    <form method="dialog" noValidate onSubmit={submit} className={classes(form.form, form.fields)}>
      <FieldFrame name="name" label={words.name} hint={words.nameHint} error={errors["name"]} prefix={words.errorPrefix}>
        <input {...common("name", words.nameHint)} type="text" autoComplete="username" dir="ltr" value={name} onChange={(event) => onName(event.target.value)} />
      </FieldFrame>
      <FieldFrame name="password" label={words.password} hint={words.passwordHint} error={errors["password"]} prefix={words.errorPrefix}>
        <input {...common("password", words.passwordHint)} ref={password} type="password" autoComplete="current-password" />
      </FieldFrame>
      <div role="status">
        <Button type="submit" aria-disabled={busy || undefined}>
          {working ? words.working : words.submit}
        </Button>
      </div>
    </form>
  );
}
