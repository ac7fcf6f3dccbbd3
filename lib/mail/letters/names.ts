/** Every letter the portal writes. The words are in lib/messages/<locale>/letters.json under the same name. */
export const letterNames = [
  "code",
  "received",
  "approved",
  "ready",
  "downloaded",
  "denied",
  "failed",
  "frozen",
  "expired",
  "dpo-new",
  "dpo-reminder",
  "dpo-failed",
  "dpo-frozen",
] as const;
export type LetterName = (typeof letterNames)[number];
