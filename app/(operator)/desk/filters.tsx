import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "#app/_ui/button.tsx";
import type { Queue } from "#lib/requests/queue.ts";
import type { QueueFilter, QueueState } from "#lib/requests/queue-filter.ts";
import type { RequestKind, RequestState } from "#lib/db/generated/enums.ts";
import { queueHref } from "./queue-href.ts";
import styles from "./filters.module.css";

/** Filters as links and a search as a form: both live in the address, and neither needs script. */
export function Filters({ filter, totals }: { readonly filter: QueueFilter; readonly totals: Queue["totals"] }) {
  const t = useTranslations("desk.queue");
  const states = useTranslations("desk.state");
  const kinds = useTranslations("desk.kind");
  const stateWord = (state: QueueState) => (state === "open" || state === "all" ? t(state) : states(state as RequestState));
  const state = Object.entries(totals.byState) as [QueueState, number][];
  const kind = Object.entries(totals.byKind) as [RequestKind, number][];
  return (
    <div className={styles.filters}>
      <nav aria-label={t("filterState")} className={styles.row}>
        {state
          .filter(([name, count]) => count > 0 || name === "open" || name === "all" || name === filter.state)
          .map(([name, count]) => (
            <Choice key={name} href={queueHref(filter, { state: name })} on={filter.state === name} count={count}>
              {stateWord(name)}
            </Choice>
          ))}
      </nav>
      <nav aria-label={t("filterKind")} className={styles.row}>
        <Choice href={queueHref(filter, { kind: null })} on={filter.kind === null}>
          {t("anyKind")}
        </Choice>
        {kind
          .filter(([name, count]) => count > 0 || name === filter.kind)
          .map(([name, count]) => (
            <Choice key={name} href={queueHref(filter, { kind: name })} on={filter.kind === name} count={count}>
              {kinds(name)}
            </Choice>
          ))}
      </nav>
      <Search filter={filter} />
    </div>
  );
}

/** Part of a reference or of a Matrix ID; the other filters stay. */
export function Search({ filter }: { readonly filter: QueueFilter }) {
  const t = useTranslations("desk.queue");
  return (
    <form action="/desk" role="search" className={styles.search}>
      {filter.state === "open" ? null : <input type="hidden" name="state" value={filter.state} />}
      {filter.kind ? <input type="hidden" name="kind" value={filter.kind} /> : null}
      {filter.sort === "due" ? null : <input type="hidden" name="sort" value={filter.sort} />}
      <label htmlFor="desk-search" className="visually-hidden">
        {t("search")}
      </label>
      <input
        id="desk-search"
        type="search"
        name="q"
        defaultValue={filter.q}
        placeholder={t("searchHint")}
        autoComplete="off"
        spellCheck={false}
        className={styles.box}
      />
      <Button type="submit" variant="secondary">
        {t("searchAction")}
      </Button>
    </form>
  );
}

function Choice(props: { readonly href: string; readonly on: boolean; readonly count?: number; readonly children: string }) {
  return (
    <Link href={props.href} prefetch={false} aria-current={props.on ? "true" : undefined} className={styles.choice}>
      {props.children}
      {props.count === undefined ? null : <span className={styles.count}>{props.count}</span>}
    </Link>
  );
}
