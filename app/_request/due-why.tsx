import { useTranslations } from "next-intl";
import { Day } from "#app/_ui/day.tsx";
import type { Explanation } from "#lib/requests/deadline.ts";

/** How a legal date comes about, in one sentence: the same for the person and for the desk. */
export function DueWhy({ explanation: { key, values } }: { readonly explanation: Explanation }) {
  const t = useTranslations("requests.deadline");
  const day = (name: keyof typeof values) => () => <Day key={name} day={values[name]} />;
  return t.rich(key, { start: day("start"), raw: day("raw"), due: day("due") });
}
