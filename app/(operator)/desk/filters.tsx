import { useTranslations } from "next-intl";
import { Button } from "#app/_ui/button.tsx";
import type { QueueFilter, QueueState } from "#lib/requests/queue-filter.ts";
import type { RequestKind, RequestState } from "#lib/db/generated/enums.ts";
import { find } from "./actions.ts";
import { Choice } from "./choice.tsx";
import { queueHref } from "./queue-href.ts";
import type { DeskQueue } from "./read-queue.ts";
import styles from "./filters.module.css";

/** Filters as links, search as a form: both live in the address, and neither needs script. */
export function Filters({ queue: { filter, totals, search } }: { readonly queue: DeskQueue }) {
  const t = useTranslations("desk.queue");
  const states = useTranslations("desk.state");
  const kinds = useTranslations("desk");
  const stateWord = (state: QueueState) => (state === "open" || state === "all" || state === "running" || state === "failed" ? t(state) : states(state as RequestState));
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
              {kinds(`kind.${name}`)}
            </Choice>
          ))}
      </nav>
      <Search sort={filter.sort} text={search} />
    </div>
  );
}

/** Part of a reference or of a Matrix ID, in all states. */
export function Search({ sort, text }: { readonly sort: QueueFilter["sort"]; readonly text: string }) {
  const t = useTranslations("desk.queue");
  return (
    <form action={find} role="search" className={styles.search}>
      <input type="hidden" name="sort" value={sort} />
      <label htmlFor="desk-search" className="visually-hidden">
        {t("search")}
      </label>
      <input
        key={text}
        id="desk-search"
        type="search"
        name="q"
        defaultValue={text}
        placeholder={t("searchHint")}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={255}
        className={styles.box}
      />
      <Button type="submit" variant="secondary">
        {t("searchAction")}
      </Button>
    </form>
  );
}
