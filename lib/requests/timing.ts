/** Periods of a request's life that no law fixes; the legal ones are in deadline.ts. */
export const minute = 60_000;
export const day = 24 * 60 * minute;

/** An unconfirmed request waits this long for its code. */
export const confirmWithin = 24 * 60 * minute;
/** Operators are reminded this many days before the legal deadline; 0 is the moment it has passed. */
export const remindDaysBefore = [7, 3, 1, 0] as const;
/** A build without a sign of life for this long is started again, up to so many claims in all. */
export const stuckAfter = 30 * minute;
export const maxBuildAttempts = 10;

/** Acts that hand out or destroy need a Matrix proof younger than this. */
export const proofWithin = 10 * minute;
/** However an erasure was asked for, the person has this long after the approval (faults.md § 0, owner's decision). */
export const graceAfterApproval = 3 * day;
/** The person is reminded so many days before an erasure begins. */
export const remindGraceDays = [14, 3, 1] as const;
/** While something stands in the way of the end of grace, it is looked at again this often. */
export const lookAgain = 60 * minute;
/** An erasure that has not moved for so long is told: to the person and to the officer. */
export const delayedAfter = 24 * 60 * minute;

/** While a question stands unanswered and the clock with it, the officer is reminded this often: no pause is silent (inv. I10). */
export const unansweredAfter = 14 * day;
/** An extension that reached nobody by then is told to the officer, who can still tell the person in time by another way. */
export const untoldAfter = 6 * 60 * minute;

/** The public form: asks of one Matrix ID a day, how long the code in the mail holds, and wrong tries. */
export const askRules = { perDay: 3, aDay: day, validFor: day, tries: 5 } as const;

/** Requests about consent in 24 hours: enough to ask again, too few to flood the desk. */
export const reviewsPerDay = 3;

/** When to look at a grace period again: its next reminder strictly after `now`, or its end. */
export function nextOfGrace(notBefore: Date, now: Date): Date {
  const reminders = remindGraceDays.map((days) => new Date(notBefore.getTime() - days * day));
  return reminders.find((at) => at > now) ?? new Date(Math.max(notBefore.getTime(), now.getTime()));
}

/** The next reminder strictly after `now`, or null when the deadline itself has passed. */
export function nextReminder(dueAt: Date, now: Date): Date | null {
  for (const days of remindDaysBefore) {
    const at = new Date(dueAt.getTime() - days * day);
    if (at > now) return at;
  }
  return null;
}
