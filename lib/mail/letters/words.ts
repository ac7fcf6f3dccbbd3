import { regionOf } from "#lib/messages/languages.ts";
import { translator } from "#lib/messages/messages.ts";
import type { Words } from "./facts.ts";

/** Binds the catalogue to a language, a zone and the moment of writing. */
export function wordsFor(locale: string, timeZone: string, now: Date): Words {
  const t = translator(locale, "letters");
  const region = regionOf(locale);
  const date = new Intl.DateTimeFormat(region, { timeZone, dateStyle: "long" });
  const time = new Intl.DateTimeFormat(region, { timeZone, hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
  const day = (at: Date) => {
    const days = daysBetween(now, at, timeZone);
    return t("when.day", { date: date.format(at), days: Math.abs(days), past: days < 0 ? "yes" : "no" });
  };
  return {
    t,
    other: (namespace, key, values) => translator(locale, namespace)(key, values),
    day,
    lastDay: (end) => day(new Date(end.getTime() - 1)),
    moment: (at) => t("when.moment", { date: date.format(at), time: time.format(at) }),
    size: (bytes) => size(bytes, region),
  };
}

/** Calendar days of the controller's zone, not spans of 24 hours: tonight and tomorrow morning are a day apart. */
function daysBetween(from: Date, to: Date, timeZone: string): number {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone });
  return Math.round((Date.parse(day.format(to)) - Date.parse(day.format(from))) / 86_400_000);
}

function size(bytes: number, region: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const format = new Intl.NumberFormat(region, { style: "unit", unit: units[step] ?? "byte", maximumFractionDigits: step < 2 ? 0 : 1 });
  return format.format(bytes / 1000 ** step);
}
