/** Every reason the verbs of this room refuse with: keys under errors.* of the catalogue. */
export const erasureErrors = ["form", "step_unknown", "step_not_failed", "override_reason_short", "override_reason_long"] as const;
