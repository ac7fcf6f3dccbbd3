import type { RequestKind, RequestState } from "#lib/db/generated/enums.ts";

/** What the numbers are made of: times and codes of one request, nobody's name. Days are YYYY-MM-DD in the controller's zone. */
export interface RequestFact {
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly receivedOn: string;
  /** First answer: a copy offered, a deletion scheduled, a reply or a refusal. null: none yet, or never needed. */
  readonly answeredOn: string | null;
  readonly dueOn: string;
  readonly closedOn: string | null;
  readonly extended: boolean;
}

export const requestKinds = ["export", "erasure", "consent"] as const satisfies readonly RequestKind[];

/** Of people who took their request back or never confirmed it nothing was due. */
export type Outcome = "granted" | "denied" | "withdrawn" | "expired";

export interface KindNumbers {
  readonly received: number;
  readonly answered: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

/** Whole days from receipt to the first answer; null where nothing was answered. */
export interface Speed {
  readonly answered: number;
  readonly median: number | null;
  readonly p90: number | null;
  readonly late: number;
}

export interface MonthNumbers {
  /** YYYY-MM. */
  readonly month: string;
  readonly byKind: Readonly<Record<RequestKind, KindNumbers>>;
  readonly speed: Speed;
  readonly extended: number;
  /** At the end of the month: still without an answer, and of those past their day. */
  readonly open: number;
  readonly overdue: number;
}

const monthOf = (day: string) => day.slice(0, 7);

/** @param month YYYY-MM @param lastDay of it, or today while it runs */
export function monthNumbers(facts: readonly RequestFact[], month: string, lastDay: string): MonthNumbers {
  const answered = facts.filter(({ answeredOn }) => answeredOn !== null && monthOf(answeredOn) === month);
  const waiting = facts.filter((fact) => fact.receivedOn <= lastDay && isDue(fact) && (fact.answeredOn === null || fact.answeredOn > lastDay) && (fact.closedOn === null || fact.closedOn > lastDay));
  return {
    month,
    byKind: Object.fromEntries(requestKinds.map((kind) => [kind, kindNumbers(facts.filter((fact) => fact.kind === kind), month)])) as Record<RequestKind, KindNumbers>,
    speed: speedOf(answered),
    extended: facts.filter((fact) => fact.extended && monthOf(fact.receivedOn) === month).length,
    open: waiting.length,
    overdue: waiting.filter(({ dueOn }) => dueOn < lastDay).length,
  };
}

/** Who never showed who they are has asked nothing yet. */
const isDue = ({ state }: RequestFact) => state !== "unconfirmed" && state !== "expired";

function kindNumbers(facts: readonly RequestFact[], month: string): KindNumbers {
  const closed = facts.filter(({ closedOn }) => closedOn !== null && monthOf(closedOn) === month);
  const ended = (state: RequestState) => closed.filter((fact) => fact.state === state).length;
  return {
    received: facts.filter(({ receivedOn }) => monthOf(receivedOn) === month).length,
    answered: facts.filter(({ answeredOn }) => answeredOn !== null && monthOf(answeredOn) === month).length,
    outcomes: { granted: ended("fulfilled"), denied: ended("denied"), withdrawn: ended("withdrawn"), expired: ended("expired") },
  };
}

export function speedOf(answered: readonly Pick<RequestFact, "receivedOn" | "answeredOn" | "dueOn">[]): Speed {
  const days = answered.map(({ receivedOn, answeredOn }) => daysBetween(receivedOn, answeredOn ?? receivedOn)).sort((a, b) => a - b);
  return {
    answered: days.length,
    median: rank(days, 0.5),
    p90: rank(days, 0.9),
    late: answered.filter(({ answeredOn, dueOn }) => answeredOn !== null && answeredOn > dueOn).length,
  };
}

/** Nearest rank: a number of days that really was somebody's. */
function rank(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** Open cases by the Monday of the week they are due in; what is overdue comes first, under null. */
export function byDueWeek(facts: readonly RequestFact[], today: string): readonly { readonly week: string | null; readonly count: number }[] {
  const weeks = new Map<string | null, number>();
  for (const fact of facts) {
    if (fact.closedOn !== null || fact.answeredOn !== null || !isDue(fact)) continue;
    const week = fact.dueOn < today ? null : mondayOf(fact.dueOn);
    weeks.set(week, (weeks.get(week) ?? 0) + 1);
  }
  return [...weeks].map(([week, count]) => ({ week, count })).sort((a, b) => (a.week ?? "").localeCompare(b.week ?? ""));
}

/** The `count` months that end with the one `today` lies in, oldest first. */
export function monthsUpTo(today: string, count: number): string[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  return Array.from({ length: count }, (_, index) => new Date(Date.UTC(year, month - count + index, 1)).toISOString().slice(0, 7));
}

/** YYYY-MM-DD. */
export function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
