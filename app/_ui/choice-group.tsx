"use client";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { fieldId } from "./field-id.ts";
import { describedBy, FieldError } from "./field-frame.tsx";
import { useField } from "./form-context.tsx";
import styles from "./field.module.css";
import choice from "./choice-group.module.css";

export interface Choice {
  readonly value: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** A fact at the end of the line: a count, a size. */
  readonly aside?: ReactNode;
  /** Heading of the neighbours it stands among, in a list too long to read at once. */
  readonly group?: string;
}

/** Radio buttons (one answer) or checkboxes (any number) under one question. */
export function ChoiceGroup(props: {
  readonly type: "radio" | "checkbox";
  readonly name: string;
  readonly legend: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string;
  readonly choices: readonly Choice[];
  readonly chosen?: readonly string[];
}) {
  const { type, name, legend, hint, choices } = props;
  const { error, values, answered, errorPrefix } = useField(name, { error: props.error });
  const chosen = answered ? (values ?? []) : (props.chosen ?? []);
  return (
    <fieldset className={classes(styles.field, choice.group, error && styles.wrong)} aria-describedby={describedBy(name, hint, error)}>
      <legend className={styles.label}>{legend}</legend>
      {hint ? (
        <div id={`${fieldId(name)}-hint`} className={styles.hint}>
          {hint}
        </div>
      ) : null}
      <FieldError name={name} error={error} prefix={errorPrefix} />
      {grouped(choices).map(({ group, members }) => (
        <div key={group ?? ""} role={group ? "group" : undefined} aria-label={group} className={choice.list}>
          {group ? (
            <p className={choice.heading} aria-hidden="true">
              {group}
            </p>
          ) : null}
          {members.map((one) => (
            <Row key={one.value} {...one} type={type} name={name} checked={chosen.includes(one.value)} id={one === choices[0] ? fieldId(name) : `${fieldId(name)}-${one.value}`} />
          ))}
        </div>
      ))}
    </fieldset>
  );
}

function grouped(choices: readonly Choice[]): { readonly group: string | undefined; readonly members: readonly Choice[] }[] {
  const names = [...new Set(choices.map(({ group }) => group))];
  return names.map((group) => ({ group, members: choices.filter((one) => one.group === group) }));
}

function Row({ id, type, name, value, label, hint, aside, checked }: Choice & { readonly id: string; readonly type: "radio" | "checkbox"; readonly name: string; readonly checked: boolean }) {
  return (
    <div className={choice.row}>
      <input id={id} type={type} name={name} value={value} defaultChecked={checked} aria-describedby={hint ? `${id}-about` : undefined} className={choice.box} />
      <label htmlFor={id} className={choice.label}>
        <span>{label}</span>
        {aside ? <span className={choice.aside}>{aside}</span> : null}
      </label>
      {hint ? (
        <p id={`${id}-about`} className={choice.about}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
