import type { Policy } from "#lib/config/policy.ts";
import type { CountedRows } from "#lib/kinds/counts.ts";
import type { ExportScope, KindId, Note } from "#lib/kinds/kind.ts";
import { regionOf } from "#lib/messages/languages.ts";
import { translator, type Translate } from "#lib/messages/messages.ts";

/** How the documents of a package speak: sentences, kinds, numbers and dates of one language. */
export interface Wording {
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
  readonly t: Translate;
  /** `title`, `what` (what is held), `why` (purpose) or `kept` (storage period) of a kind. */
  kind(id: KindId, part: "title" | "what" | "why" | "kept"): string;
  note(note: Note): string;
  /** What a column of a table holds; null for one we have no words for. */
  column(name: string): string | null;
  /** "12 one-time keys" */
  counted(row: CountedRows): string;
  number(value: number): string;
  bytes(value: number): string;
  /** With the zone's name: the reader may live in another one, or read it years later. */
  moment(at: Date): string;
  period(scope: ExportScope): string;
  list(items: readonly string[]): string;
}

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function wording(locale: string, policy: Pick<Policy, "timeZone">): Wording {
  const t = translator(locale, "package");
  const kinds = translator(locale, "kinds");
  const columns = translator(locale, "columns");
  const region = regionOf(locale);
  const date = { day: "numeric", month: "long", year: "numeric" } as const;
  const moments = new Intl.DateTimeFormat(region, { ...date, hour: "2-digit", minute: "2-digit", timeZoneName: "short", timeZone: policy.timeZone });
  const days = new Intl.DateTimeFormat(region, { ...date, timeZone: "UTC" });
  const day = (text: string) => days.format(new Date(`${text}T00:00:00Z`));
  return {
    locale,
    direction: new Set(["ar", "fa", "he", "ur"]).has(locale.split("-", 1)[0] ?? "") ? "rtl" : "ltr",
    t,
    kind: (id, part) => kinds(`${id}.${part}`),
    note: (note) => kinds(`notes.${note.code}`, { table: note.table, column: note.column ?? "" }),
    column: (name) => (columns.has(name) ? columns(name) : null),
    counted: ({ what, count }) => kinds(`counted.${what}`, { count }),
    number: (value) => new Intl.NumberFormat(locale).format(value),
    bytes(value) {
      const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
      const options = { style: "unit", unit: units[power] ?? "byte", unitDisplay: power === 0 ? "long" : "short", maximumFractionDigits: power > 1 ? 1 : 0 } as const;
      return new Intl.NumberFormat(locale, options).format(value / 1000 ** power);
    },
    moment: (at) => moments.format(at),
    period({ from, to }) {
      if (from && to) return t("about.between", { from: day(from), to: day(to) });
      if (from) return t("about.since", { from: day(from) });
      return to ? t("about.until", { to: day(to) }) : t("about.allTime");
    },
    list: (items) => new Intl.ListFormat(locale, { type: "conjunction" }).format(items),
  };
}
