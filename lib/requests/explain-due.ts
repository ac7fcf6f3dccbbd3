import { readClock, type History, type Segment } from "./deadline.ts";
import { packs } from "./jurisdictions.ts";
import type { Policy } from "#lib/config/policy.ts";

type Plain = "plain" | "clamped" | "rolled" | "clampedRolled";
type YesNo = "yes" | "no";

/**
 * A sentence of the catalogue, the same for the person, the desk and the record: `key` under requests.deadline.* where
 * nothing moved the date, under clock.why.* where something did. Days are YYYY-MM-DD, to be written out by the page.
 */
export type Explanation =
  | { readonly key: Plain; readonly values: { readonly start: string; readonly raw: string; readonly due: string } }
  | {
      readonly key: "moved";
      readonly values: {
        readonly received: string; readonly start: string; readonly counted: string; readonly raw: string; readonly due: string;
        readonly months: number; readonly days: number; readonly restarted: YesNo; readonly clamped: YesNo; readonly rolled: YesNo; readonly law: string;
      };
      readonly segments: readonly Segment[];
    }
  | {
      readonly key: "still";
      readonly values: { readonly received: string; readonly since: string; readonly months: number; readonly restarts: YesNo; readonly law: string };
      readonly segments: readonly Segment[];
    };

/** How the stored date came about. The holidays of the day it was stored are not asked again. */
export function explainDue(history: History, due: string, { timeZone, jurisdiction }: Pick<Policy, "timeZone" | "jurisdiction">): Explanation {
  const { received, start, months, counted, days, raw, segments } = readClock(history, timeZone);
  const { law, asks } = packs[jurisdiction];
  const open = segments.find(({ to }) => to === null);
  if (open) return { key: "still", values: { received, since: open.from, months, restarts: yes(open.kind === "restart"), law: asks[history.stops.at(-1)?.about ?? "identity"] }, segments };
  const clamped = counted.slice(8) !== start.slice(8);
  const rolled = due !== raw;
  if (months === 1 && segments.length === 0) {
    return { key: clamped ? (rolled ? "clampedRolled" : "clamped") : rolled ? "rolled" : "plain", values: { start, raw, due } };
  }
  const moved = { received, start, counted, raw, due, months, days, restarted: yes(segments.some(({ kind }) => kind === "restart")), clamped: yes(clamped), rolled: yes(rolled), law };
  return { key: "moved", values: moved, segments };
}

const yes = (is: boolean): YesNo => (is ? "yes" : "no");
