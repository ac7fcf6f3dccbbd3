import type { createFormatter } from "next-intl";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A size people can weigh: two digits that matter, in powers of 1000 like file managers show it. */
export function bytesInWords(format: Pick<ReturnType<typeof createFormatter>, "number">, bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return format.number(bytes / 1000 ** step, { style: "unit", unit: units[step], unitDisplay: step === 0 ? "long" : "short", maximumSignificantDigits: 2 });
}
