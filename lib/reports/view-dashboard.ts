import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { localDay } from "#lib/requests/working-days.ts";
import { loadRequestFacts } from "./load-facts.ts";
import { byDueWeek, lastDayOf, monthNumbers, monthsUpTo, type MonthNumbers } from "./numbers.ts";

export interface Dashboard {
  /** Twelve months, oldest first; the last one is running. */
  readonly months: readonly MonthNumbers[];
  readonly dueWeeks: readonly { readonly week: string | null; readonly count: number }[];
  /** Months there is a paper of, newest first. */
  readonly papers: readonly { readonly month: string; readonly madeAt: Date }[];
}

const months = 12;

/** Throws DomainError "not_found" for people without a role on the desk. */
export async function viewDashboard({ db, actor, policy, now }: WebContext): Promise<Dashboard> {
  if (actor.role === null) throw new DomainError("not_found", "request");
  const facts = await loadRequestFacts(db, policy.timeZone);
  const today = localDay(now(), policy.timeZone).toString();
  return {
    months: monthsUpTo(today, months).map((month) => monthNumbers(facts, month, month === today.slice(0, 7) ? today : lastDayOf(month))),
    dueWeeks: byDueWeek(facts, today),
    papers: await db.report.findMany({ orderBy: { month: "desc" }, select: { month: true, madeAt: true } }),
  };
}
