/** `paper`: a letter, shown as it will be read, with its line breaks. */
export interface Answer {
  readonly term: string;
  readonly value: string;
  readonly paper?: boolean;
}

/** What a form action answers: errors in words by field name ("" is the form itself), and what was typed. */
export interface FormState {
  readonly ok: boolean;
  readonly errors: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** For forms that show the answers once more before sending: the answers in words. */
  readonly check?: readonly Answer[];
  /** For forms that act on several things at once: what became of each. */
  readonly outcome?: readonly Answer[];
}

export type FormAction = (previous: FormState, data: FormData) => Promise<FormState>;

export const emptyFormState: FormState = { ok: false, errors: {}, values: {} };
