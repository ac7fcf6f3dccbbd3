import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { DeskKeys } from "./desk-keys.tsx";
import styles from "./desk.module.css";
import { Search } from "./filters.tsx";
import { queueHref } from "./queue-href.ts";
import { Queue } from "./queue.tsx";
import type { DeskQueue } from "./read-queue.ts";

/** The queue on the left and a case on the right; on narrow screens the case alone. */
export async function CasePanes(props: {
  readonly queue: DeskQueue;
  readonly current: string;
  readonly children: ReactNode;
}) {
  const { queue } = props;
  const t = await getTranslations("desk.queue");
  return (
    <div className={styles.desk}>
      <div className={styles.panes}>
        <nav className={styles.list} aria-label={t("title")}>
          <div className={styles.above}>
            <Link href={queueHref(queue.filter)} prefetch={false}>
              {t("lead", { count: queue.total, sort: queue.filter.sort })}
            </Link>
            <Search sort={queue.filter.sort} text={queue.search} />
          </div>
          <Queue queue={queue} current={props.current} />
          <DeskKeys />
        </nav>
        <div className={styles.case}>{props.children}</div>
      </div>
    </div>
  );
}
