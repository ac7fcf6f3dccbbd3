import { useFormatter } from "next-intl";
import { dayFormat } from "./when.tsx";

/** A calendar day (YYYY-MM-DD) in words; it belongs to no zone. */
export function Day({ day }: { readonly day: string }) {
  const format = useFormatter();
  return <time dateTime={day}>{format.dateTime(new Date(day), { ...dayFormat, timeZone: "UTC" })}</time>;
}
