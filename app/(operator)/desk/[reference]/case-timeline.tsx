import { useTranslations } from "next-intl";
import { Timeline } from "#app/_ui/timeline.tsx";
import { When } from "#app/_ui/when.tsx";
import type { RequestKind } from "#lib/db/generated/enums.ts";
import type { TimelineEntry } from "#lib/requests/timeline.ts";

/** What happened, told by the audit record, in the desk's words. */
export function CaseTimeline({ kind, entries }: { readonly kind: RequestKind; readonly entries: readonly TimelineEntry[] }) {
  const t = useTranslations("desk");
  const erasure = useTranslations("desk.erasure.event");
  return (
    <Timeline
      moments={entries.map((entry, index) => ({
        key: String(index),
        when: <When at={entry.at} />,
        what: kind === "erasure" && erasure.has(entry.event) ? erasure(entry.event as "held") : t(t.has(`event.${entry.event}`) ? `event.${entry.event}` : "event.other"),
        who: t(`actor.${entry.actor}`),
      }))}
    />
  );
}
