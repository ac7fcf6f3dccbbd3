"use client";
import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { dateWords, timeAhead } from "./dates.ts";

const never = () => () => undefined;

/**
 * An instant that is still to come, said twice: "14 December 2026 at 10:15 CET (in 23 days)". In the zone of whoever
 * reads it; until their browser has said which, and without script, in `zone`.
 */
export function LocalMoment(props: {
  readonly at: string;
  /** The moment the page was made: browsers' clocks may be wrong. */
  readonly now: string;
  readonly locale: string;
  readonly zone: string;
  /** Under it: whose zone it is, once the browser's own is shown and before. */
  readonly note?: { readonly local: ReactNode; readonly server: ReactNode };
}) {
  const { at, now, locale, zone, note } = props;
  const own = useSyncExternalStore(never, () => new Intl.DateTimeFormat().resolvedOptions().timeZone, () => null);
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const begun = performance.now();
    const timer = setInterval(() => {
      setPassed(performance.now() - begun);
    }, 30_000);
    return () => {
      clearInterval(timer);
    };
  }, [now]);
  const shown = own ?? zone;
  const instant = new Date(at);
  return (
    <>
      <strong>
        <time dateTime={at}>{dateWords(locale, shown).moment(instant)}</time> ({timeAhead(locale, shown, new Date(Date.parse(now) + passed), instant)})
      </strong>
      {note ? <small> {own && own !== zone ? note.local : note.server}</small> : null}
    </>
  );
}
