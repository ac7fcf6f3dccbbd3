import type { LetterName } from "./names.ts";

/** Goes to the data-protection officer rather than to the person. */
export const isForOfficer = (name: LetterName): boolean => name.startsWith("dpo-");
