import { useTranslations } from "next-intl";
import type { AuditEvent } from "#lib/audit/events.ts";
import type { RequestKind } from "#lib/db/generated/enums.ts";
import { Timeline, type Moment } from "#app/_ui/timeline.tsx";
import { When } from "#app/_ui/when.tsx";
import type { TimelineEntry } from "#lib/requests/timeline.ts";

/** The life of a request as the person reads it; the privacy team has no names here. */
export function RequestTimeline({ kind, entries }: { readonly kind: RequestKind; readonly entries: readonly TimelineEntry[] }) {
  const t = useTranslations("requests");
  const say = useEventWords(kind);
  const moments = entries.filter(({ event }) => kind !== "erasure" || !inSteps.has(event)).map((entry, index): Moment => {
    return {
      key: `${index}`,
      when: <When at={entry.at} />,
      what: say(entry.event),
      // "You asked" says who; and of a freeze nobody knows more than that a link was used.
      ...(entry.actor === "subject" ? {} : { who: t(`actor.${entry.actor}`) }),
    };
  });
  return <Timeline moments={moments} />;
}

/** Told by the list of steps and by the list of those who were told. */
const inSteps: ReadonlySet<AuditEvent> = new Set(["step_done", "step_failed", "other_told"]);

/** An erasure has words of its own where those of a copy would be wrong. */
function useEventWords(kind: RequestKind): (event: AuditEvent) => string {
  const t = useTranslations("requests.event");
  const erasure = useTranslations("erasure.event");
  return (event) => {
    if (kind === "erasure" && erasure.has(event)) return erasure(event as "held");
    return t(t.has(event) ? (event as "other") : "other");
  };
}
