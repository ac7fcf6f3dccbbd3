"use client";
import { useActionState, type ReactNode } from "react";
import { ErrorSummary } from "./error-summary.tsx";
import { FormContext } from "./form-context.tsx";
import { emptyFormState, type FormAction } from "./form-state.ts";
import { Review } from "./review.tsx";
import styles from "./form.module.css";

export interface FormWords {
  /** Heading of the summary: "There is a problem". */
  readonly errorTitle: string;
  /** "Error:", before the page's title and before each message for screen readers. */
  readonly errorPrefix: string;
}

/**
 * A form that works with and without script: the action's answer brings errors and values back, the summary
 * takes the focus. Fields inside find their own error and value by name.
 */
export function Form({
  action,
  words,
  children,
  review,
  done,
  outcome,
}: {
  readonly action: FormAction;
  readonly words: FormWords;
  readonly children: ReactNode;
  /** For two steps: shown instead of the fields when the action answered with `check`; `actions` are its buttons. */
  readonly review?: { readonly title: ReactNode; readonly actions: ReactNode };
  /** Shown in place of the form once it was sent and worked: an address that says "done" could be sent to anybody. */
  readonly done?: ReactNode;
  /** Around what became of each thing, in place of the form. */
  readonly outcome?: { readonly title: ReactNode; readonly actions: ReactNode };
}) {
  const [state, send] = useActionState(action, emptyFormState);
  if (done && state.ok) return done;
  if (outcome && state.outcome) {
    return (
      <Review title={outcome.title} answers={state.outcome} values={{}}>
        {outcome.actions}
      </Review>
    );
  }
  return (
    <FormContext value={{ state, errorPrefix: words.errorPrefix }}>
      <form action={send} noValidate className={styles.form}>
        <ErrorSummary title={words.errorTitle} prefix={words.errorPrefix} errors={state.errors} />
        {review && state.check ? (
          <Review title={review.title} answers={state.check} values={state.values}>
            {review.actions}
          </Review>
        ) : (
          // React resets a form after its action; a new key gives the fields their kept values back.
          <div key={JSON.stringify(state.values)} className={styles.fields}>
            {children}
          </div>
        )}
      </form>
    </FormContext>
  );
}
