import Link from "next/link";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import type { QueueFilter } from "#lib/requests/queue-filter.ts";
import { queueHref } from "./queue-href.ts";
import { QueueRow } from "./queue-row.tsx";
import type { DeskQueue } from "./read-queue.ts";
import styles from "./queue.module.css";
import { WithChosen } from "./with-chosen.tsx";

/** The queue as a table that folds into lines where it has little room. `current` is the case shown beside it; with `pick` rows can be ticked, and something done with all of them. */
export function Queue({ queue, current, pick = false }: { readonly queue: DeskQueue; readonly current?: string; readonly pick?: boolean }) {
  const t = useTranslations("desk.queue");
  const { filter, pages } = queue;
  if (queue.rows.length === 0) return <Nothing filter={filter} />;
  const table = (
    <>
      {/* Roles said once more: the folded table would lose them to `display: grid`. */}
      <table role="table" className={styles.table} aria-label={t("caption")}>
        <thead role="rowgroup">
          <tr role="row">
            <Sortable filter={filter} sort="due" label={t("due")} hint={t("sortDue")} direction="ascending" />
            <th role="columnheader" scope="col">
              {t("request")}
            </th>
            <Sortable filter={filter} sort="state" label={t("state")} hint={t("sortState")} direction="ascending" />
            <Sortable filter={filter} sort="received" label={t("received")} hint={t("sortReceived")} direction="descending" />
          </tr>
        </thead>
        <tbody role="rowgroup">
          {queue.rows.map((row) => (
            <QueueRow key={row.reference} row={row} href={queueHref(filter, {}, row.reference)} current={row.reference === current} pick={pick} />
          ))}
        </tbody>
      </table>
    </>
  );
  return (
    <div className={styles.queue}>
      {pick ? (
        <form method="get" action="/desk/bulk" className={styles.queue}>
          {table}
          <WithChosen />
        </form>
      ) : (
        table
      )}
      {pages > 1 ? (
        <nav aria-label={t("pages")} className={styles.pages}>
          {filter.page > 1 ? <Link href={queueHref(filter, { page: filter.page - 1 })}>{t("previous")}</Link> : null}
          <span>{t("page", { page: filter.page, pages })}</span>
          {filter.page < pages ? <Link href={queueHref(filter, { page: filter.page + 1 })}>{t("next")}</Link> : null}
        </nav>
      ) : null}
    </div>
  );
}

interface SortableProps {
  readonly filter: QueueFilter;
  readonly sort: QueueFilter["sort"];
  readonly label: string;
  readonly hint: string;
  readonly direction: "ascending" | "descending";
}

function Sortable({ filter, sort, label, hint, direction }: SortableProps) {
  const on = filter.sort === sort;
  return (
    <th role="columnheader" scope="col" aria-sort={on ? direction : undefined}>
      <Link href={queueHref(filter, { sort })} prefetch={false} title={hint} className={styles.sort}>
        {label}
        <span aria-hidden>{on ? (direction === "ascending" ? " ↑" : " ↓") : ""}</span>
      </Link>
    </th>
  );
}

function Nothing({ filter }: { readonly filter: QueueFilter }) {
  const t = useTranslations("desk.queue");
  const narrowed = filter.q !== "" || filter.kind !== null || filter.state !== "open" || filter.page > 1;
  return narrowed ? (
    <EmptyState
      title={t("noneFound.title")}
      action={
        <ButtonLink href="/desk" variant="secondary">
          {t("clear")}
        </ButtonLink>
      }
    >
      {t("noneFound.about")}
    </EmptyState>
  ) : (
    <EmptyState title={t("none.title")}>{t("none.about")}</EmptyState>
  );
}
