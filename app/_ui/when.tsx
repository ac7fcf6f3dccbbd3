import { useFormatter } from "next-intl";

/** An instant in words, in the zone next-intl is set to; with the time of day the zone is named. */
export function When({ at, day = false }: { readonly at: Date | string; readonly day?: boolean }) {
  const format = useFormatter();
  const instant = new Date(at);
  return <time dateTime={instant.toISOString()}>{format.dateTime(instant, day ? dayFormat : minuteFormat)}</time>;
}

export const dayFormat = { day: "numeric", month: "long", year: "numeric" } as const;
export const minuteFormat = { ...dayFormat, hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;
