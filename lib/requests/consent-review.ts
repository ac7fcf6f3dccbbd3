/** What a person may ask the officer about a consent: anything (Art. 39(1)(a) GDPR), an objection (Art. 21), help with a withdrawal (Art. 7(3)). */
export const reviewMatters = ["question", "objection", "withdrawal"] as const;
export type ReviewMatter = (typeof reviewMatters)[number];

/** A consent-review request, as stored. A type, since it is stored as JSON. */
export type ConsentReview = {
  readonly about: ReviewMatter;
  /** Folder of the text under POLICIES; null: none of them, or the person did not say. */
  readonly policy: string | null;
  /** In the person's own words; "" once they are erased. */
  readonly text: string;
};

/** With the answer, as both sides see it. */
export interface ReviewView extends ConsentReview {
  readonly answer: string | null;
}

export function viewReview(row: { readonly kind: string; readonly scope: unknown; readonly answerText: string | null }): ReviewView | null {
  const review = reviewOf(row);
  return review && { ...review, answer: row.answerText };
}

/** What was asked, where the request is about consent. */
export function reviewOf({ kind, scope }: { readonly kind: string; readonly scope: unknown }): ConsentReview | null {
  return kind === "consent" ? (scope as ConsentReview) : null;
}
