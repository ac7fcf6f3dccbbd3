import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { found } from "#app/_request/found.ts";
import type { WebContext } from "#lib/context.ts";
import { listQueue } from "#lib/requests/queue.ts";
import type { QueueFilter } from "#lib/requests/queue-filter.ts";
import { DeskKeys } from "./desk-keys.tsx";
import styles from "./desk.module.css";
import { Search } from "./filters.tsx";
import { queueHref } from "./queue-href.ts";
import { Queue } from "./queue.tsx";

/** The queue on the left and a case on the right; on narrow screens the case alone. */
export async function CasePanes(props: {
  readonly ctx: WebContext;
  readonly filter: QueueFilter;
  readonly current: string;
  readonly children: ReactNode;
}) {
  const queue = await found(listQueue(props.ctx, props.filter));
  const t = await getTranslations("desk.queue");
  return (
    <div className={styles.desk}>
      <div className={styles.panes}>
        <nav className={styles.list} aria-label={t("title")}>
          <div className={styles.above}>
            <Link href={queueHref(queue.filter)} prefetch={false}>
              {t("lead", { count: queue.total, sort: queue.filter.sort })}
            </Link>
            <Search filter={queue.filter} />
          </div>
          <Queue queue={queue} current={props.current} />
          <DeskKeys />
        </nav>
        <div className={styles.case}>{props.children}</div>
      </div>
    </div>
  );
}
