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
      <div className={choice.list}>
        {choices.map((one, index) => {
          const id = index === 0 ? fieldId(name) : `${fieldId(name)}-${one.value}`;
          return (
            <div key={one.value} className={choice.row}>
              <input
                id={id}
                type={type}
                name={name}
                value={one.value}
                defaultChecked={chosen.includes(one.value)}
                aria-describedby={one.hint ? `${id}-about` : undefined}
                className={choice.box}
              />
              <label htmlFor={id} className={choice.label}>
                <span>{one.label}</span>
                {one.aside ? <span className={choice.aside}>{one.aside}</span> : null}
              </label>
              {one.hint ? (
                <p id={`${id}-about`} className={choice.about}>
                  {one.hint}
                </p>
              ) : null}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
