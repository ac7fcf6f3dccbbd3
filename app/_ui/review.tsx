"use client";
import { useEffect, useRef, type ReactNode } from "react";
import type { FormState } from "./form-state.ts";
import { SummaryList } from "./summary-list.tsx";
import styles from "./form.module.css";

/** "Check your answers": the answers in words, carried on in hidden fields rather than in an address. */
export function Review({
  title,
  answers,
  values,
  children,
}: {
  readonly title: ReactNode;
  readonly answers: NonNullable<FormState["check"]>;
  readonly values: FormState["values"];
  readonly children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div className={styles.review}>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <SummaryList
        facts={answers.map(({ term, value, paper }) => ({ key: term, term, value: paper ? <div className={styles.paper}>{value}</div> : value }))}
      />
      {Object.entries(values).flatMap(([name, value]) =>
        [value].flat().map((one) => <input key={`${name}=${one}`} type="hidden" name={name} value={one} />),
      )}
      {children}
    </div>
  );
}
