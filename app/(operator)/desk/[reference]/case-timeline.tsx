import { useTranslations } from "next-intl";
import { Timeline } from "#app/_ui/timeline.tsx";
import { When } from "#app/_ui/when.tsx";
import type { TimelineEntry } from "#lib/requests/timeline.ts";

/** What happened, told by the audit record, in the desk's words. */
export function CaseTimeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const t = useTranslations("desk");
  return (
    <Timeline
      moments={entries.map((entry, index) => ({
        key: String(index),
        when: <When at={entry.at} />,
        what: t(t.has(`event.${entry.event}`) ? `event.${entry.event}` : "event.other"),
        who: t(`actor.${entry.actor}`),
      }))}
    />
  );
}
