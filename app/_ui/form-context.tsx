"use client";
import { createContext, useContext } from "react";
import { emptyFormState, type FormState } from "./form-state.ts";

export interface FormFacts {
  readonly state: FormState;
  /** Spoken before each error ("Error:"). */
  readonly errorPrefix: string;
}

export const FormContext = createContext<FormFacts>({ state: emptyFormState, errorPrefix: "" });

/** The error and the kept value of one field; what the caller passes wins over what the form knows. */
export function useField(name: string, given: { error?: string | undefined; value?: string | undefined }) {
  const { state, errorPrefix } = useContext(FormContext);
  const kept = state.values[name];
  return {
    error: given.error ?? state.errors[name],
    value: typeof kept === "string" ? kept : given.value,
    values: typeof kept === "string" ? [kept] : kept,
    answered: Object.keys(state.values).length > 0,
    errorPrefix,
  };
}
