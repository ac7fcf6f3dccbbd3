/** What a form action answers: errors in words by field name ("" is the form itself), and what was typed. */
export interface FormState {
  readonly ok: boolean;
  readonly errors: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
}

export type FormAction = (previous: FormState, data: FormData) => Promise<FormState>;

export const emptyFormState: FormState = { ok: false, errors: {}, values: {} };
