"use client";
import { useContext, type ReactNode } from "react";
import { FormContext } from "./form-context.tsx";

/** A part of a form that is folded until it is wanted, and never over an error of the fields it holds. */
export function Folded({ summary, fields, children }: { readonly summary: ReactNode; readonly fields: readonly string[]; readonly children: ReactNode }) {
  const { state } = useContext(FormContext);
  const wrong = fields.some((name) => state.errors[name] !== undefined);
  return (
    <details {...(wrong ? { open: true } : {})}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
