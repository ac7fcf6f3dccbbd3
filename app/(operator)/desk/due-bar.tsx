import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { classes } from "#app/_ui/classes.ts";
import { dateWords } from "#app/_ui/dates.ts";
import type { CaseRow } from "#lib/requests/case-row.ts";
import styles from "./due-bar.module.css";

const width = 96;

/** The legal date in days, and how much of the month is gone as a bar. Answered or closed: neither. */
export function DueBar({ row }: { readonly row: CaseRow }) {
  const { daysLeft, dueOn, receivedAt, state, frozen, notBefore, held, pausedAt } = row;
  const t = useTranslations("desk");
  const clock = useTranslations("clock");
  const locale = useLocale();
  const dates = dateWords(locale);
  const zoned = dateWords(locale, useTimeZone());
  if (pausedAt) return <span className={styles.closed}>{clock("still")}</span>;
  if (daysLeft === null) return <span className={styles.closed}>{t("queue.closed")}</span>;
  if (state === "ready" && !frozen) return <span className={styles.closed}>{t("queue.answered")}</span>;
  // The date of an erasure is the answer; what matters then is when it begins.
  if (state === "grace" && notBefore && !frozen && !held) return <span className={styles.closed}>{t.rich("queue.erases", { time: () => <time key="t" dateTime={notBefore.toISOString()}>{zoned.shortDay(notBefore)}</time> })}</span>;
  const whole = (Date.parse(dueOn) - receivedAt.getTime()) / 86_400_000;
  const gone = Math.min(1, Math.max(0, 1 - daysLeft / Math.max(1, whole)));
  const tone = daysLeft < 0 ? "late" : daysLeft <= 7 ? "near" : "far";
  return (
    <span className={classes(styles.due, styles[tone])}>
      <strong className={styles.days}>{daysLeft < 0 ? t("daysLate", { days: -daysLeft }) : t("daysLeft", { days: daysLeft })}</strong>
      <svg viewBox={`0 0 ${width} 6`} width={width} height={6} aria-hidden className={styles.bar}>
        <rect width={width} height={6} rx={3} className={styles.track} />
        <rect width={Math.max(3, gone * width)} height={6} rx={3} className={styles.gone} />
      </svg>
      <time dateTime={dueOn} className={styles.date}>
        {dates.shortCalendarDay(dueOn)}
      </time>
    </span>
  );
}
