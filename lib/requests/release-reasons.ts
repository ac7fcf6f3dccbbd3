/** Why an operator lifted a freeze: codes only, since it goes into the audit record. Sentences: reasons.released.<code>. */
export const releaseReasons = ["person_confirmed", "pressed_by_mistake", "account_secured"] as const;
