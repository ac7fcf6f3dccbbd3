import Link from "next/link";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { dateWords } from "#app/_ui/dates.ts";
import { Badge } from "#app/_ui/badge.tsx";
import { grouped, Reference } from "#app/_ui/reference.tsx";
import { StateBadge } from "#app/_request/state-badge.tsx";
import type { CaseRow } from "#lib/requests/case-row.ts";
import { DueBar } from "./due-bar.tsx";
import styles from "./queue.module.css";

/** A request in the queue: by when, whose, what, where it stands. The row leads to the case. */
export function QueueRow({ row, href, current, pick }: { readonly row: CaseRow; readonly href: string; readonly current: boolean; readonly pick: boolean }) {
  const t = useTranslations("desk");
  const list = useTranslations("register.queue");
  const dates = dateWords(useLocale(), useTimeZone());
  return (
    <tr role="row" className={styles.row}>
      <td role="cell" className={styles.due}>
        {pick ? (
          <label className={styles.pick}>
            <input type="checkbox" name="reference" value={row.reference} />
            <span className="visually-hidden">{list("tick", { reference: grouped(row.reference) })}</span>
          </label>
        ) : null}
        <DueBar row={row} />
      </td>
      <th role="rowheader" scope="row" className={styles.what}>
        <Link href={href} prefetch={false} data-row aria-current={current ? "page" : undefined} className={styles.who}>
          <bdi>{row.mxid}</bdi>
        </Link>
        <span className={styles.about}>
          <Reference value={row.reference} />
          <span>{t(`kind.${row.kind}`)}</span>
          {row.assignee ? <span>{list("assignee")} <bdi>{row.assignee}</bdi></span> : null}
          {row.own ? <strong>{t("queue.own")}</strong> : null}
        </span>
      </th>
      <td role="cell" className={styles.state}>
        <StateBadge words="desk.state" kind={row.kind} state={row.state} frozen={row.frozen} asked={row.asked} />
        {row.held ? (
          <Badge icon="frozen" tone="warning">
            {t("queue.held")}
          </Badge>
        ) : null}
      </td>
      <td role="cell" className={styles.received}>
        <time dateTime={row.receivedAt.toISOString()}>{dates.shortDay(row.receivedAt)}</time>
      </td>
    </tr>
  );
}
