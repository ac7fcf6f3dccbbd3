"use client";
import { useActionState, type ReactNode } from "react";
import { Button, ButtonRow } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { FormContext } from "#app/_ui/form-context.tsx";
import type { FormWords } from "#app/_ui/form.tsx";
import { emptyFormState } from "#app/_ui/form-state.ts";
import { Notice } from "#app/_ui/notice.tsx";
import styles from "#app/_ui/form.module.css";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { open } from "./actions.ts";

/** Reference and code; then, in the same place, the files and the proof. Each file is a form of its own, so that no code stands in an address. */
export function CertificateForm(props: {
  readonly words: FormWords & { readonly title: string; readonly about: string; readonly pdf: string; readonly json: string; readonly saltAbout: string };
  readonly children: ReactNode;
}) {
  const { words, children } = props;
  const [state, send] = useActionState(open, emptyFormState);
  if (!state.check) {
    return (
      <FormContext value={{ state, errorPrefix: words.errorPrefix }}>
        <form action={send} noValidate className={styles.form}>
          <ErrorSummary title={words.errorTitle} prefix={words.errorPrefix} errors={state.errors} />
          <div key={JSON.stringify(state.values)} className={styles.fields}>
            {children}
          </div>
        </form>
      </FormContext>
    );
  }
  return (
    <>
      <Notice tone="success" title={words.title} live>
        <p>{words.about}</p>
      </Notice>
      <form method="post" action="/certificate/file">
        {Object.entries(state.values).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={String(value)} />
        ))}
        <ButtonRow>
          <Button type="submit" name="as" value="pdf">
            {words.pdf}
          </Button>
          <Button type="submit" name="as" value="json" variant="secondary">
            {words.json}
          </Button>
        </ButtonRow>
      </form>
      <SummaryList facts={state.check.map(({ term, value }) => ({ key: term, term, value: <code>{value}</code> }))} />
      <p>{words.saltAbout}</p>
    </>
  );
}
