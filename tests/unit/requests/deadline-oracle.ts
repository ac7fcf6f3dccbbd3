/** A second calendar that shares no code with lib/requests/deadline.ts: day numbers, Gauss's Easter, Intl for zones. */
const msDay = 86_400_000;

export const number = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day) / msDay;
export const text = (n: number) => new Date(n * msDay).toISOString().slice(0, 10);
export const parse = (day: string) => Date.parse(`${day}T00:00:00Z`) / msDay;
const weekday = (n: number) => new Date(n * msDay).getUTCDay();

function easter(year: number): number {
  const [a, b, c] = [year % 19, year % 4, year % 7];
  // Valid for 1900–2099.
  const d = (19 * a + 24) % 30;
  const e = (2 * b + 4 * c + 6 * d + 5) % 7;
  if (d === 29 && e === 6) return number(year, 4, 19);
  if (d === 28 && e === 6 && a > 10) return number(year, 4, 18);
  return number(year, 3, 22) + d + e;
}

function germany(year: number): Set<number> {
  const sunday = easter(year);
  const fixed = [[1, 1], [5, 1], [10, 3], [12, 25], [12, 26]].map(([month = 1, day = 1]) => number(year, month, day));
  return new Set([...fixed, sunday - 2, sunday + 1, sunday + 39, sunday + 50]);
}

function england(year: number): Set<number> {
  const sunday = easter(year);
  const days = new Set([sunday - 2, sunday + 1]);
  const mondayFrom = (n: number) => n + ((8 - weekday(n)) % 7);
  days.add(mondayFrom(number(year, 5, 1)));
  days.add(mondayFrom(number(year, 5, 25)));
  days.add(mondayFrom(number(year, 8, 25)));
  for (const [month, day] of [[1, 1], [12, 25], [12, 26]] as const) {
    let n = number(year, month, day);
    while (weekday(n) === 0 || weekday(n) === 6 || days.has(n)) n += 1;
    days.add(n);
  }
  return days;
}

export const holidays = { DE: germany, "GB/ENG": england } as const;

export const isWorkingDay = (n: number, place: keyof typeof holidays) =>
  weekday(n) !== 0 && weekday(n) !== 6 && !holidays[place](new Date(n * msDay).getUTCFullYear()).has(n);

/** The local day of an instant, asked of Intl. */
export function localDay(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(at);
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return number(get("year"), get("month"), get("day"));
}

export function addMonth(start: number, months = 1): number {
  const date = new Date(start * msDay);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const lastOfThat = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return number(year, month + months, Math.min(day, lastOfThat));
}

/** [what, from, to] as instants, oldest first. */
export type Stopped = readonly [kind: "pause" | "restart", from: Date, to: Date];

/** The same calendar with stops: from left to right, a restart forgets what was, a pause adds its days. */
export function endWith(receivedAt: Date, months: number, stops: readonly Stopped[], timeZone: string): { start: number; days: number; raw: number } {
  let [start, days] = [localDay(receivedAt, timeZone), 0];
  for (const [kind, from, to] of stops) {
    if (kind === "restart") [start, days] = [localDay(to, timeZone), 0];
    else days += localDay(to, timeZone) - localDay(from, timeZone);
  }
  return { start, days, raw: addMonth(start, months) + days };
}

/** The first instant that is no longer `day` or earlier, found by halving. */
export function endOfDay(day: number, timeZone: string): Date {
  let [before, after] = [(day - 1) * msDay, (day + 3) * msDay];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localDay(new Date(middle), timeZone) <= day) before = middle;
    else after = middle;
  }
  return new Date(after);
}
