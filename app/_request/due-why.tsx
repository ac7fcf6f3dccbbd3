import { useTranslations } from "next-intl";
import { Day } from "#app/_ui/day.tsx";
import type { Explanation } from "#lib/requests/explain-due.ts";

/** How a legal date comes about, or why there is none at the moment: the same for the person and for the desk. */
export function DueWhy({ explanation }: { readonly explanation: Explanation }) {
  const plain = useTranslations("requests.deadline");
  const t = useTranslations("clock.why");
  const day = (value: string) => () => <Day key={value} day={value} />;
  if (explanation.key === "still") {
    const { received, since, ...rest } = explanation.values;
    return t.rich("still", { ...rest, received: day(received), since: day(since) });
  }
  if (explanation.key === "moved") {
    const { received, start, counted, raw, due, ...rest } = explanation.values;
    return t.rich("moved", { ...rest, received: day(received), start: day(start), counted: day(counted), raw: day(raw), due: day(due) });
  }
  const { key, values: { start, raw, due } } = explanation;
  return plain.rich(key, { start: day(start), raw: day(raw), due: day(due) });
}
