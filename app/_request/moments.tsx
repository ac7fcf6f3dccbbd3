import { useTranslations } from "next-intl";
import { Timeline, type Moment } from "#app/_ui/timeline.tsx";
import { When } from "#app/_ui/when.tsx";
import type { TimelineEntry } from "#lib/requests/timeline.ts";

/** The life of a request as the person reads it; the privacy team has no names here. */
export function RequestTimeline({ entries, ahead = [] }: { readonly entries: readonly TimelineEntry[]; readonly ahead?: readonly Moment[] }) {
  const t = useTranslations("requests");
  const moments = entries.map((entry, index): Moment => {
    const event = t.has(`event.${entry.event}`) ? entry.event : "other";
    return {
      key: `${index}`,
      when: <When at={entry.at} />,
      what: t(`event.${event as "other"}`),
      // "You asked" says who; and of a freeze nobody knows more than that a link was used.
      ...(entry.actor === "subject" ? {} : { who: t(`actor.${entry.actor}`) }),
    };
  });
  return <Timeline moments={[...moments, ...ahead]} />;
}
